"""签名: how is a letter signed (PAdES), and is a PDF that somebody shows us still the letter we signed?"""

from __future__ import annotations

import io
import logging
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from asn1crypto import cms, keys, x509
from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from onewindow.letters.authority import Authority
from onewindow.letters.container import QuickSigner
from onewindow.letters.sealkeys import SealKey

_FIELD = "Seal"
# Hex digits kept free for the signature beside its certificate: attributes, names and the signature itself;
# saying so spares a trial signature each time.
_RESERVED = 4608
# A damaged file that anybody may upload is a verdict, not an event for the log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
# What a damaged file makes a PDF or ASN.1 reader stumble over; each means: not the bytes that were signed.
# (NotImplementedError is how pyHanko speaks of a kind of object that no letter of ours holds.)
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


@dataclass(frozen=True)
class Pinned:
    """The certificate of an office's own seal: its letters count from the day of its beginning to its end."""

    certificate: bytes
    since: datetime
    until: datetime | None = None

    def held(self, at: datetime) -> bool:
        """Whether the seal was in force, and its certificate good, at that moment."""
        read = x509.Certificate.load(self.certificate)
        good: bool = read.not_valid_before <= at <= read.not_valid_after
        # A signature tells whole seconds.
        return good and self.since.replace(microsecond=0) <= at and (self.until is None or at <= self.until)


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


class _AsPrinted(IncrementalPdfFileWriter):
    """A signature changes nothing of what the letter says of itself: neither its title nor when it was made."""

    def _update_meta(self) -> None:
        return


def sign(pdf: bytes, key: Authority | SealKey, *, at: datetime) -> bytes:
    """The PDF with its PAdES signature of the time `at` (aware); the letter's own bytes stay in front."""
    if at.tzinfo is None:
        raise ValueError("签名时间必须带时区。")
    writer = _AsPrinted(io.BytesIO(pdf))
    signer = _signer(key)
    room = _RESERVED + 2 * len(signer.signing_cert.dump())
    signed: io.BytesIO = _At(signer, at.replace(microsecond=0)).sign_pdf(writer, bytes_reserved=room)
    return signed.getvalue()


def verify(pdf: bytes, *trusts: Authority | Pinned) -> Verdict:
    """Whether `pdf` is a letter signed under one of these, with not one byte changed or added."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        found = reader.embedded_signatures
        return _judged(pdf, found[0], trusts) if len(found) == 1 else UNSIGNED
    except _DAMAGE:
        return UNSIGNED


def _judged(pdf: bytes, signature: Any, trusts: Sequence[Authority | Pinned]) -> Verdict:
    at = signature.self_reported_timestamp
    roots = [_certificate(one) for one in trusts if isinstance(one, Authority)]
    own = signature.signer_cert.dump()
    pinned = any(isinstance(one, Pinned) and one.certificate == own and one.held(at) for one in trusts)
    context = ValidationContext(
        trust_roots=[signature.signer_cert] if pinned else roots,
        allow_fetching=False,
        moment=at,
        revocation_mode="soft-fail",
    )
    # What a pinned certificate may be used for was checked when it was loaded.
    usage = KeyUsageConstraints(key_usage=set(), match_all_key_usages=True) if pinned else None
    status = validate_pdf_signature(signature, context, key_usage_settings=usage, skip_diff=True)
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
    of_rsa = certificate.public_key.algorithm == "rsa"
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
        "signature_algorithm": {"algorithm": "sha256_rsa" if of_rsa else "sha256_ecdsa"},
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


@lru_cache(maxsize=64)
def _signer(key: Authority | SealKey) -> Any:
    """Only the signer's own certificate goes into the signature, so that every byte of it is proven."""
    if isinstance(key, SealKey):
        certificate = x509.Certificate.load(key.certificate)
        private = keys.PrivateKeyInfo.load(key.key)
    else:
        certificate = load_cert_from_pemder(str(key.certificate))
        private = load_private_key_from_pemder(str(key.key), passphrase=None)
    return QuickSigner(signing_cert=certificate, signing_key=private, cert_registry=SimpleCertificateStore())


@lru_cache(maxsize=4)
def _certificate(trust: Authority) -> Any:
    return load_cert_from_pemder(str(trust.root))
