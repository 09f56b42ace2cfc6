"""签名: how is a letter signed (PAdES), and is a PDF that somebody shows us still the letter we signed?"""

from __future__ import annotations

import io
import logging
import struct
import zlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from asn1crypto import cms
from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from onewindow.letters.authority import Authority
from onewindow.letters.container import QuickSigner

_FIELD = "Seal"
# Hex digits kept free for the signature: one certificate and one P-256 signature take about 2,300 of them;
# saying so spares a trial signature each time.
_RESERVED = 6144
# A damaged file that anybody may upload is a verdict, not an event for the log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
# What a damaged file makes a PDF or ASN.1 reader stumble over; each means: not the bytes that were signed.
_DAMAGE = (
    PdfError,
    SignatureValidationError,
    ValidationError,
    PathError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    OSError,
    zlib.error,
    struct.error,
)


@dataclass(frozen=True)
class Verdict:
    """What a signature proves: `valid` sums up that it is ours, whole and unchanged to the last byte."""

    valid: bool
    intact: bool
    trusted: bool
    signer: str
    signed_at: datetime | None


UNSIGNED = Verdict(valid=False, intact=False, trusted=False, signer="", signed_at=None)


class _At(signers.PdfSigner):
    """A signer whose time is told: the journal's time, not the time of a late worker."""

    def __init__(self, key: Any, at: datetime) -> None:
        meta = signers.PdfSignatureMetadata(
            field_name=_FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
        )
        super().__init__(meta, signer=key)
        self._at = at

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def sign(pdf: bytes, key: Authority, *, at: datetime) -> bytes:
    """The PDF with its PAdES signature of the time `at` (aware); the letter's own bytes stay in front."""
    if at.tzinfo is None:
        raise ValueError("签名时间必须带时区。")
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    signed: io.BytesIO = _At(_signer(key), at.replace(microsecond=0)).sign_pdf(
        writer, bytes_reserved=_RESERVED
    )
    return signed.getvalue()


def verify(pdf: bytes, trust: Authority) -> Verdict:
    """Whether `pdf` is a letter signed under this installation's root, with not one byte changed or added."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        found = reader.embedded_signatures
        return _judged(pdf, found[0], trust) if len(found) == 1 else UNSIGNED
    except _DAMAGE:
        return UNSIGNED


def _judged(pdf: bytes, signature: Any, trust: Authority) -> Verdict:
    at = signature.self_reported_timestamp
    context = ValidationContext(
        trust_roots=[_certificate(trust)], allow_fetching=False, moment=at, revocation_mode="soft-fail"
    )
    status = validate_pdf_signature(signature, context, skip_diff=True)
    whole = signature.coverage == SignatureCoverageLevel.ENTIRE_FILE and _gap_is_canonical(pdf, signature)
    intact = bool(status.intact and status.valid and whole)
    return Verdict(
        valid=bool(intact and status.trusted),
        intact=intact,
        trusted=bool(status.trusted),
        signer=str(signature.signer_cert.subject.native.get("common_name", "")),
        signed_at=at,
    )


def _gap_is_canonical(pdf: bytes, signature: Any) -> bool:
    """The hole for the signature lies outside of what it signs; nothing else may hide or differ in it."""
    start, length, resume, _ = (int(one) for one in signature.byte_range)
    written = b"<" + _container(signature).hex().upper().encode("ascii")
    return pdf[start + length : resume] == written.ljust(resume - start - length - 1, b"0") + b">"


def _container(signature: Any) -> bytes:
    """The only container that `sign` can have made around this certificate, attributes and signature value."""
    certificate, kept = signature.signer_cert, signature.signer_info
    sha256 = {"algorithm": "sha256"}
    signer = {
        "version": "v1",
        "sid": {
            "issuer_and_serial_number": {
                "issuer": certificate.issuer,
                "serial_number": certificate.serial_number,
            }
        },
        "digest_algorithm": sha256,
        "signed_attrs": kept["signed_attrs"],
        "signature_algorithm": {"algorithm": "sha256_ecdsa"},
        "signature": kept["signature"].native,
    }
    content = {
        "version": "v1",
        "digest_algorithms": [sha256],
        "encap_content_info": {"content_type": "data"},
        "certificates": [certificate],
        "signer_infos": [signer],
    }
    dumped: bytes = cms.ContentInfo(
        {"content_type": "signed_data", "content": cms.SignedData(content)}
    ).dump()
    return dumped


@lru_cache(maxsize=4)
def _signer(key: Authority) -> Any:
    """Only the signer's own certificate goes into the signature, so that every byte of it is proven."""
    return QuickSigner(
        signing_cert=load_cert_from_pemder(str(key.certificate)),
        signing_key=load_private_key_from_pemder(str(key.key), passphrase=None),
        cert_registry=SimpleCertificateStore(),
    )


@lru_cache(maxsize=4)
def _certificate(trust: Authority) -> Any:
    return load_cert_from_pemder(str(trust.root))
