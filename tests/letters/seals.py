"""A seal for tests: a drawn ring and a certificate of an invented authority, made anew for each run."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from PIL import Image, ImageDraw

PASSPHRASE = "测试证书-2026"
FROM = datetime(2026, 1, 1, tzinfo=UTC)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
    b'<circle cx="50" cy="50" r="46" fill="none" stroke="#c8161d" stroke-width="5"/>'
    b'<path d="M20 50h60" stroke="#c8161d" stroke-width="6"/></svg>'
)


def seal_png(width: int = 600, height: int = 600, ground: int = 0) -> bytes:
    """A ring and a bar on a clear ground."""
    image = Image.new("RGBA", (width, height), (255, 255, 255, ground))
    pen = ImageDraw.Draw(image)
    pen.ellipse((8, 8, width - 9, height - 9), outline=(200, 22, 29, 255), width=24)
    pen.rectangle((width // 5, height // 2 - 30, width * 4 // 5, height // 2 + 30), fill=(200, 22, 29, 255))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def key_file(
    *,
    key: Any = None,
    days: int = 365,
    since: datetime = FROM,
    signs: bool = True,
    usage: bool = True,
    authority: bool = False,
    web: bool = False,
    passphrase: str = PASSPHRASE,
) -> bytes:
    """A PKCS#12 file with its certificate."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    root_key = ec.generate_private_key(ec.SECP256R1())
    holder = _name("罗山县市场监督管理局（测试）")
    made = (
        x509.CertificateBuilder()
        .subject_name(holder)
        .issuer_name(_name("测试发证机构"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=days))
    )
    if usage:
        made = made.add_extension(_usage(signs), critical=True)
    if authority:
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    if web:
        kinds = x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.SERVER_AUTH])
        made = made.add_extension(kinds, critical=False)
    signed = made.sign(root_key, hashes.SHA256())
    return pkcs12.serialize_key_and_certificates(
        b"seal", key, signed, None, BestAvailableEncryption(passphrase.encode())
    )


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common)])


def _usage(signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(signs, False, not signs, False, False, False, False, False, False)
