"""Holding answers against the OpenAPI document: the operation, its status, its media type, its shape, its headers."""

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client
from jsonschema_rs import Draft202012Validator

V1 = "/api/v1"


def document() -> dict[str, Any]:
    return Client().get(f"{V1}/openapi.json").json()


def faults(schema: dict[str, Any], shape: Any, value: Any) -> list[str]:
    """What of a value does not fit a shape of the document."""
    told = _local({**shape, "$defs": schema["components"]["schemas"]})
    return [error.message for error in Draft202012Validator(told, validate_formats=True).iter_errors(value)]


def fits(schema: dict[str, Any], path: str, method: str, answer: Any) -> list[str]:
    """What of an answer does not fit the shape declared for its status."""
    told = schema["paths"][f"{V1}{path}"][method]["responses"][str(answer.status_code)]["content"]
    return faults(schema, told[answer["Content-Type"].split(";")[0]]["schema"], answer.json())


def _local(shape: Any) -> Any:
    return json.loads(json.dumps(shape).replace("#/components/schemas/", "#/$defs/"))


@dataclass
class Contract:
    """Watches every answer of a client; what the document does not say of it fails the test at once."""

    schema: dict[str, Any] = field(default_factory=document)
    # By operation, the statuses and the codes of refusals that were seen.
    seen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def watch(self, method: str, path: str, answer: HttpResponse) -> HttpResponse:
        found = self._operation(method, path.split("?", maxsplit=1)[0])
        if found is not None:
            self._hold(found, answer)
        return answer

    @property
    def operations(self) -> dict[str, set[str]]:
        """Every operation of the document with its statuses."""
        return {
            told["operationId"]: set(told["responses"])
            for methods in self.schema["paths"].values()
            for told in methods.values()
        }

    def _operation(self, method: str, path: str) -> dict[str, Any] | None:
        for template, methods in self.schema["paths"].items():
            shape = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
            if re.fullmatch(shape, path) and method in methods:
                return methods[method]
        return None

    def _hold(self, told: dict[str, Any], answer: HttpResponse) -> None:
        name, status = told["operationId"], str(answer.status_code)
        assert status in told["responses"], f"{name} answers {status}, which the document does not know"
        declared = told["responses"][status]
        self.seen[name].add(status)
        for header in declared.get("headers", {}):
            if header not in ("Idempotency-Replayed", "WWW-Authenticate"):
                assert header in answer.headers, (name, status, header)
        if status == "304":
            assert not answer.content
            return
        media = answer["Content-Type"].split(";")[0]
        kept = declared["content"].get(media) or declared["content"]["*/*"]
        if media.endswith("json"):
            assert faults(self.schema, kept["schema"], answer.json()) == [], name
            self.seen["refused"].add(answer.json().get("code", ""))
