"""国密: how are digests and ciphertexts made? SM3 (GB/T 32905) and SM4-GCM (GB/T 32907), by `cryptography`."""

from __future__ import annotations

import hmac as _compare
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_NONCE = 12
_TAG = 16


class CannotDecrypt(Exception):
    """The stored bytes do not belong to this installation's key."""


def digest(data: bytes) -> bytes:
    """The 32-byte SM3 digest of `data`."""
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(data)
    return sm3.finalize()


def keyed_digest(key: bytes, data: bytes) -> bytes:
    """The 32-byte HMAC-SM3 of `data`: equal values meet, nobody without the key can try them out."""
    mac = hmac.HMAC(key, hashes.SM3())
    mac.update(data)
    return mac.finalize()


def same(one: bytes, other: bytes) -> bool:
    """Compare in constant time."""
    return _compare.compare_digest(one, other)


def encrypt(key: bytes, plain: bytes) -> bytes:
    """Nonce (12 bytes), tag (16) and SM4-GCM ciphertext of `plain`; `key` is 16 bytes."""
    nonce = os.urandom(_NONCE)
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    sealed = encryptor.update(plain) + encryptor.finalize()
    return nonce + encryptor.tag + sealed


def decrypt(key: bytes, kept: bytes) -> bytes:
    """The plain bytes again; raises CannotDecrypt for another key or a changed byte."""
    nonce, tag, sealed = kept[:_NONCE], kept[_NONCE : _NONCE + _TAG], kept[_NONCE + _TAG :]
    decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
    try:
        return decryptor.update(sealed) + decryptor.finalize()
    except InvalidTag as wrong:
        raise CannotDecrypt("数据无法解密：字段密钥与写入时不同，或数据被改动。") from wrong
