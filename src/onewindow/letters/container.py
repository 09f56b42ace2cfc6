"""签名的外壳: how is the signature's container (CMS) encoded without building all of it anew for each letter?

From one letter to the next only the digest and the signature value differ. The first container of a signer is
built by the library and taken apart; the later ones are put together from its encoded parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyhanko.sign import signers

_SEQUENCE, _SET, _OCTETS, _TAG_0 = 0x30, 0x31, 0x04, 0xA0


@dataclass(frozen=True)
class _Parts:
    """A container as bytes, open where the digest and the signature stand."""

    kind: bytes
    content: bytes
    signer: bytes
    attributes: bytes
    algorithm: bytes
    digest: bytes

    @classmethod
    def of(cls, made: Any, digest: bytes) -> _Parts | None:
        """None when the library builds it in another way than we would."""
        content = made["content"]
        signer = content["signer_infos"][0]
        parts = cls(
            kind=made["content_type"].dump(),
            content=_joined(content, "version", "digest_algorithms", "encap_content_info", "certificates"),
            signer=_joined(signer, "version", "sid", "digest_algorithm"),
            attributes=signer["signed_attrs"].dump(),
            algorithm=signer["signature_algorithm"].dump(),
            digest=digest,
        )
        same = parts.attributes.count(digest) == 1 and parts.attributes[0] == _TAG_0
        rebuilt = parts.whole(parts.attributes, signer["signature"].native)
        return parts if same and rebuilt == made.dump() else None

    def attributes_of(self, digest: bytes) -> bytes:
        return self.attributes.replace(self.digest, digest)

    def whole(self, attributes: bytes, signature: bytes) -> bytes:
        signer = self.signer + attributes + self.algorithm + _der(_OCTETS, signature)
        content = self.content + _der(_SET, _der(_SEQUENCE, signer))
        return _der(_SEQUENCE, self.kind + _der(_TAG_0, _der(_SEQUENCE, content)))


class QuickSigner(signers.SimpleSigner):
    """A signer that remembers the parts of its container."""

    _parts: _Parts | None = None

    async def async_sign(
        self, data_digest: bytes, digest_algorithm: str, dry_run: bool = False, **told: Any
    ) -> Any:
        """The container, encoded; the caller takes bytes as well as the library's own object."""
        if self._parts is None or dry_run or len(self._parts.digest) != len(data_digest):
            made = await super().async_sign(data_digest, digest_algorithm, dry_run=dry_run, **told)
            self._parts = None if dry_run else _Parts.of(made, data_digest)
            return made
        attributes = self._parts.attributes_of(data_digest)
        # Signed is the plain set, not its tagged form (RFC 5652, 5.4).
        signature = await self.async_sign_raw(bytes([_SET]) + attributes[1:], digest_algorithm)
        return self._parts.whole(attributes, signature)


def _joined(value: Any, *names: str) -> bytes:
    return b"".join(value[name].dump() for name in names)


def _der(tag: int, content: bytes) -> bytes:
    """Tag, length and content."""
    length = len(content)
    if length < 128:
        return bytes([tag, length]) + content
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + length.to_bytes(size, "big") + content
