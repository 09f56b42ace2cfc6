"""印章的密钥: is the key file that an administrator loads good to sign letters, and where is its key kept?

A key file is PKCS#12 (.p12, .pfx) with a passphrase. Its private key is kept in a file beside the other keys of
the installation, encrypted with the field key: no database, no page and no log ever holds it.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID
from django.conf import settings

from onewindow.ground import sm
from onewindow.ground.clock import SHANGHAI

LARGEST = 256 * 1024
_WEAK = {"md5", "sha1"}
_DER = serialization.Encoding.DER


class NotASealKey(Exception):
    """The key file cannot sign letters; the sentence says why and what to do."""


class NoKey(Exception):
    """The key of a seal is not where it was put, or not of this installation."""


@dataclass(frozen=True)
class SealKey:
    """A certificate and its private key (both DER), ready to sign."""

    certificate: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class Facts:
    """What a certificate says of itself, for the eyes of the one who confirms it."""

    holder: str
    organisation: str
    issuer: str
    serial: str
    algorithm: str
    valid_from: datetime
    valid_until: datetime
    self_signed: bool


def opened(file: bytes, passphrase: str, *, at: datetime, on: datetime) -> SealKey:
    """The key and certificate of a key file that may sign now (`at`) and when the seal begins (`on`)."""
    if not file or len(file) > LARGEST:
        raise NotASealKey("证书文件应当是不超过 256 KB 的 PKCS#12 文件（.p12、.pfx）。")
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(file, passphrase.encode())
    except Exception as wrong:  # the library tells a wrong passphrase and a damaged file by no certain class
        raise NotASealKey("打不开证书文件：密码不对，或者不是 PKCS#12 文件（.p12、.pfx）。") from wrong
    if key is None or certificate is None:
        raise NotASealKey("证书文件里要同时有证书和它的私钥，请让发证机构重新导出。")
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise NotASealKey("证书的算法不能用：请用 ECDSA（P-256）或者 RSA（2048 位以上）证书，暂不支持 SM2。")
    if _public(key.public_key()) != _public(certificate.public_key()):
        raise NotASealKey("私钥和证书不是一对，请让发证机构重新导出。")
    _strong(key, certificate)
    _in_time(certificate, at, on)
    _for_signing(certificate)
    private = key.private_bytes(_DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return SealKey(certificate.public_bytes(_DER), private)


def facts_of(certificate: bytes) -> Facts:
    """What stands on the certificate."""
    read = x509.load_der_x509_certificate(certificate)
    public = read.public_key()
    algorithm = f"RSA {public.key_size} 位" if isinstance(public, rsa.RSAPublicKey) else "ECDSA P-256"
    return Facts(
        holder=_named(read.subject, x509.NameOID.COMMON_NAME),
        organisation=_named(read.subject, x509.NameOID.ORGANIZATION_NAME),
        issuer=_named(read.issuer, x509.NameOID.COMMON_NAME) or read.issuer.rfc4514_string(),
        serial=f"{read.serial_number:X}",
        algorithm=algorithm,
        valid_from=read.not_valid_before_utc.astimezone(SHANGHAI),
        valid_until=read.not_valid_after_utc.astimezone(SHANGHAI),
        self_signed=read.issuer == read.subject,
    )


def keep(key: SealKey) -> str:
    """Write the private key, encrypted, into a file of its own; answers its name."""
    folder, name = Path(settings.SEALS_DIR), secrets.token_hex(16)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(sm.encrypt(_wrapping(), key.key))
        out.flush()
        os.fsync(out.fileno())
    return name


def read(certificate: bytes, name: str) -> SealKey:
    """The key of a seal again."""
    try:
        kept = (Path(settings.SEALS_DIR) / name).read_bytes()
        return SealKey(certificate, sm.decrypt(_wrapping(), kept))
    except (OSError, sm.CannotDecrypt) as lost:
        raise NoKey("印章的签名密钥不见了或者打不开：请从备份恢复 keys/seals，或者重新装入印章。") from lost


def forget(name: str) -> None:
    """The key of a seal that is no longer used is destroyed."""
    (Path(settings.SEALS_DIR) / name).unlink(missing_ok=True)


def _wrapping() -> bytes:
    return sm.keyed_digest(settings.FIELD_KEY, b"seal-key")[:16]


def _public(key: object) -> bytes:
    told: bytes = key.public_bytes(_DER, serialization.PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined]
    return told


def _strong(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, certificate: x509.Certificate) -> None:
    if isinstance(key, rsa.RSAPrivateKey) and not 2048 <= key.key_size <= 4096:
        raise NotASealKey(f"RSA 密钥是 {key.key_size} 位：应当是 2048 至 4096 位。")
    if isinstance(key, ec.EllipticCurvePrivateKey) and not isinstance(key.curve, ec.SECP256R1):
        raise NotASealKey("证书的椭圆曲线不能用：请用 P-256 的证书，或者 RSA 证书。")
    hashed = certificate.signature_hash_algorithm
    if hashed is not None and hashed.name in _WEAK:
        raise NotASealKey("证书用了不安全的摘要算法（MD5 或者 SHA-1），请让发证机构换发。")


def _in_time(certificate: x509.Certificate, at: datetime, on: datetime) -> None:
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if last < at:
        raise NotASealKey(f"证书已于 {_day(last)}到期，请先向发证机构换发。")
    if first > at:
        raise NotASealKey(f"证书从 {_day(first)}起才有效，请到那天再装入。")
    if on > last:
        raise NotASealKey(f"启用那天证书已经到期（有效期到 {_day(last)}），请改启用日期或者换发证书。")


def _for_signing(certificate: x509.Certificate) -> None:
    """A certificate made for signing: not a root's, not a web site's."""
    extensions = certificate.extensions
    try:
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        raise NotASealKey("证书没有写明密钥用途，要有“数字签名”用途的签名证书。") from None
    if not (usage.digital_signature or usage.content_commitment):
        raise NotASealKey("证书的密钥用途里没有“数字签名”，这可能是加密证书，请换签名证书。")
    for kind, wrong in ((x509.BasicConstraints, _is_authority), (x509.ExtendedKeyUsage, _is_of_web_site)):
        try:
            found = extensions.get_extension_for_class(kind).value
        except x509.ExtensionNotFound:
            continue
        if wrong(found):
            raise NotASealKey("这是发证机构或者网站的证书，不能用来签文书，请换单位的签名证书。")


def _is_authority(found: x509.ExtensionType) -> bool:
    return isinstance(found, x509.BasicConstraints) and found.ca


def _is_of_web_site(found: x509.ExtensionType) -> bool:
    return isinstance(found, x509.ExtendedKeyUsage) and ExtendedKeyUsageOID.SERVER_AUTH in found


def _named(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    return "、".join(str(one.value) for one in name.get_attributes_for_oid(oid))


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y年%-m月%-d日}"
