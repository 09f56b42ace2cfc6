"""A key file signs letters only when key, certificate, days and purpose are right; its key is kept closed."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from onewindow.letters import sealkeys
from onewindow.letters.render import render
from onewindow.letters.sign import Pinned, sign, verify
from tests.cast import SEP24
from tests.letters.seals import PASSPHRASE, key_file, rsa_key, seal_png
from tests.letters.story import story

P256 = ec.SECP256R1()


@pytest.fixture(autouse=True)
def folder(tmp_path, settings) -> None:
    settings.SEALS_DIR = tmp_path / "seals"


def opened(file: bytes, passphrase: str = PASSPHRASE) -> sealkeys.SealKey:
    return sealkeys.opened(file, passphrase, at=SEP24, on=SEP24 + timedelta(days=7))


@pytest.mark.parametrize("key", [None, rsa_key()], ids=["ecdsa", "rsa"])
def test_a_letter_signed_with_it_verifies_under_its_certificate_and_one_flipped_bit_is_seen(key) -> None:
    seal = opened(key_file(key=key))
    pdf = sign(render("accepted", story(demo=False), seal=seal_png()), seal, at=SEP24)
    pin = Pinned(seal.certificate, since=SEP24)
    assert verify(pdf, pin).valid
    assert not verify(pdf, Pinned(opened(key_file()).certificate, since=SEP24)).valid
    hole = pdf.rindex(b"/Contents <")
    unseen = []
    for place in [*range(200, len(pdf), 4999), *range(hole, hole + 5000, 61)]:
        changed = bytearray(pdf)
        changed[place] ^= 1
        if verify(bytes(changed), pin).valid:
            unseen.append(place)
    assert unseen == []


def test_a_seal_s_signature_counts_only_while_it_was_in_force() -> None:
    seal = opened(key_file())
    pdf = sign(render("accepted", story(demo=False), seal=seal_png()), seal, at=SEP24)
    day = timedelta(days=1)
    assert verify(pdf, Pinned(seal.certificate, since=SEP24 - day, until=SEP24 + day)).valid
    assert not verify(pdf, Pinned(seal.certificate, since=SEP24 + day)).valid
    assert not verify(pdf, Pinned(seal.certificate, since=SEP24 - 2 * day, until=SEP24 - day)).valid
    late = sign(render("accepted", story(demo=False), seal=seal_png()), seal, at=SEP24 + 300 * day)
    assert not verify(late, Pinned(seal.certificate, since=SEP24)).valid


@pytest.mark.parametrize(
    ("file", "passphrase", "words"),
    [
        (b"", PASSPHRASE, "不超过 256 KB"),
        (b"not a key file", PASSPHRASE, "密码不对，或者不是 PKCS#12"),
        (key_file(), "别的密码", "密码不对"),
        (key_file(days=30), PASSPHRASE, "已于 2026年1月31日到期"),
        (key_file(days=270), PASSPHRASE, "启用那天证书已经到期"),
        (key_file(since=datetime(2026, 12, 1, tzinfo=UTC)), PASSPHRASE, "起才有效"),
        (key_file(signs=False), PASSPHRASE, "没有“数字签名”"),
        (key_file(usage=False), PASSPHRASE, "没有写明密钥用途"),
        (key_file(authority=True), PASSPHRASE, "发证机构或者网站"),
        (key_file(web=True), PASSPHRASE, "发证机构或者网站"),
        (key_file(key=ec.generate_private_key(ec.SECP384R1())), PASSPHRASE, "P-256"),
        (key_file(key=rsa_key(1024)), PASSPHRASE, "1024 位"),
        (key_file(key=ed25519.Ed25519PrivateKey.generate()), PASSPHRASE, "暂不支持 SM2"),
    ],
)
def test_a_key_file_that_cannot_sign_is_refused_in_words(file: bytes, passphrase: str, words: str) -> None:
    with pytest.raises(sealkeys.NotASealKey, match=words):
        opened(file, passphrase)


def test_a_certificate_of_another_key_is_refused(monkeypatch) -> None:
    key, other = ec.generate_private_key(P256), ec.generate_private_key(P256)
    # The library itself writes no such file, so what it reads is exchanged here.
    made = sealkeys.pkcs12.load_key_and_certificates(key_file(key=other), PASSPHRASE.encode())
    monkeypatch.setattr(sealkeys.pkcs12, "load_key_and_certificates", lambda *_: (key, made[1], []))
    with pytest.raises(sealkeys.NotASealKey, match="不是一对"):
        opened(b"x")


def test_the_key_is_kept_encrypted_and_opens_with_this_installation_s_field_key_alone(settings) -> None:
    seal = opened(key_file())
    name = sealkeys.keep(seal)
    path = settings.SEALS_DIR / name
    assert path.stat().st_mode & 0o077 == 0
    assert settings.SEALS_DIR.stat().st_mode & 0o077 == 0
    assert seal.key not in path.read_bytes()
    assert seal.key.hex() not in repr(seal)
    assert sealkeys.read(seal.certificate, name) == seal
    settings.FIELD_KEY = b"\x11" * 32
    with pytest.raises(sealkeys.NoKey, match="重新装入印章"):
        sealkeys.read(seal.certificate, name)
    sealkeys.forget(name)
    assert not path.exists()
