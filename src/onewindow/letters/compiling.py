"""排版: how does a template of ours become a document, with its fonts and no others?

Each template has one compiler for each folder of fonts, which keeps what it has read; it works on one document at a time.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, cast

import typst

from onewindow.letters.fonts import FontSet

PDF: dict[str, Any] = {"format": "pdf", "pdf_standards": ["a-2b"]}
_locks: defaultdict[Path, Lock] = defaultdict(Lock)
_compilers: dict[tuple[Path, str], Any] = {}


def compiled(
    template: Path,
    told: dict[str, Any],
    fonts: FontSet,
    folder: str,
    *,
    at: datetime,
    form: dict[str, Any] = PDF,
) -> bytes:
    """The document (its first page where `form` is a picture); `told` reaches the template as `sys.inputs`, in JSON."""
    inputs = {name: json.dumps(value, ensure_ascii=False) for name, value in told.items()}
    with _locks[template]:
        compiler = _compilers.get((template, folder))
        if compiler is None:
            compiler = _compilers[template, folder] = typst.Compiler(
                str(template), root=str(template.parent), font_paths=fonts.fonts, ignore_system_fonts=True
            )
        made = compiler.compile(sys_inputs=inputs, timestamp=at, **form)
    return cast(bytes, made[0] if isinstance(made, list) else made)
