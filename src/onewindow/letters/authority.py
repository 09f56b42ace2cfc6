"""演示签发机构: with which key does a demonstration sign its letters, and which root proves it?

Every installation makes a root and one P-256 signing key of its own; nothing is shipped and nobody else trusts
them. An office that goes to work replaces the folder by its own key from a licensed 电子认证服务机构.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DEMO_ROOT = "OneWindow 演示签发机构（不具有法律效力）"
_YEARS = timedelta(days=3652)
_FILES = ("root.pem", "root.key", "signer.pem", "signer.key")


class NoAuthority(Exception):
    """The folder holds no signing key."""


@dataclass(frozen=True)
class Authority:
    """Where the signing key, its certificate and the root certificate lie."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "root.pem"

    @property
    def certificate(self) -> Path:
        return self.folder / "signer.pem"

    @property
    def key(self) -> Path:
        return self.folder / "signer.key"


def authority(folder: Path) -> Authority:
    """The authority that lies in `folder`."""
    if not all((folder / name).is_file() for name in ("root.pem", "signer.pem", "signer.key")):
        raise NoAuthority(f"{folder} 里没有签名密钥，不能签发文书。")
    return Authority(folder)


def make_demo_authority(folder: Path, *, name: str, on: date) -> Authority:
    """Make the demonstration root and signing key of the office `name`; an existing one is kept.

    Made aside and moved in one step: two first starts agree on one, and a crash leaves no half key.
    """
    if folder.is_dir():
        return authority(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for file, content in zip(_FILES, _made(name, on), strict=True):
            _write(aside / file, content)
        aside.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return authority(folder)


def _made(name: str, on: date) -> tuple[bytes, bytes, bytes, bytes]:
    root_key, signer_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root_name = _named(DEMO_ROOT, "演示")
    root = (
        _certificate(root_name, root_name, root_key.public_key(), on)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    signer = (
        _certificate(_named(f"{name}电子印章（演示）", name), root_name, signer_key.public_key(), on)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
        )
        .sign(root_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    return root.public_bytes(pem), _private(root_key), signer.public_bytes(pem), _private(signer_key)


def _named(common: str, organisation: str) -> x509.Name:
    """Names of certificates end after 64 characters (X.520)."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
        ]
    )


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, on: date
) -> x509.CertificateBuilder:
    start = datetime(on.year, on.month, on.day, tzinfo=UTC) - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + _YEARS)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
