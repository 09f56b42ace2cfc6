"""Signed letters: proven by the installation's own root, and by no other; one changed byte shows."""

import stat
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from pyhanko.sign.general import SigningError

from onewindow.letters.authority import Authority, NoAuthority, authority, make_demo_authority
from onewindow.letters.render import render
from onewindow.letters.sign import UNSIGNED, _signer, sign, verify
from tests.letters.story import story, text

AT = datetime(2026, 9, 24, 2, 21, tzinfo=UTC)
MADE = date(2026, 9, 1)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_demo_authority(tmp_path_factory.mktemp("keys") / "demo", name="罗山县政务服务中心", on=MADE)


@pytest.fixture(scope="module")
def signed(ours: Authority) -> bytes:
    return sign(render("accepted", story()), ours, at=AT)


def test_a_signed_letter_is_valid_intact_and_trusted(ours: Authority, signed: bytes) -> None:
    verdict = verify(signed, ours)
    assert verdict.valid
    assert verdict.intact
    assert verdict.trusted
    assert verdict.signer == "罗山县政务服务中心电子印章（演示）"
    assert verdict.signed_at == AT


def test_signing_leaves_the_letter_s_own_bytes_and_words(signed: bytes) -> None:
    letter = render("accepted", story())
    assert signed.startswith(letter)
    assert text(signed) == text(letter)
    assert b"/ETSI.CAdES.detached" in signed


def test_one_flipped_bit_anywhere_is_seen(ours: Authority, signed: bytes) -> None:
    """All through the letter, and densely through the part that the signature itself cannot cover."""
    rng = Random(24)
    hole = signed.rindex(b"/Contents <")
    places = [rng.randrange(len(signed)) for _ in range(80)]
    places += [rng.randrange(hole, hole + 2400) for _ in range(120)]
    places += [rng.randrange(hole, len(signed)) for _ in range(60)]
    unseen = []
    for place in places:
        changed = bytearray(signed)
        changed[place] ^= 1 << rng.choice((0, 5))
        verdict = verify(bytes(changed), ours)
        if verdict.intact or verdict.valid:
            unseen.append(place)
    assert unseen == []


def test_bytes_added_behind_the_signature_are_seen(ours: Authority, signed: bytes) -> None:
    assert not verify(signed + b"\n% more", ours).valid
    assert not verify(sign(render("denied", story()), ours, at=AT)[:-40] + signed[-40:], ours).valid


def test_a_letter_signed_twice_is_not_ours(ours: Authority, signed: bytes) -> None:
    with pytest.raises(SigningError):
        sign(signed, ours, at=AT)


def test_another_installation_s_letter_is_intact_but_not_trusted(ours: Authority, tmp_path: Path) -> None:
    other = make_demo_authority(tmp_path / "other", name="罗山县政务服务中心", on=MADE)
    verdict = verify(sign(render("accepted", story()), other, at=AT), ours)
    assert verdict.intact
    assert not verdict.trusted
    assert not verdict.valid


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7", b"hello", "王芳".encode() * 500])
def test_what_is_no_signed_letter_is_no_error(ours: Authority, junk: bytes) -> None:
    assert verify(junk, ours) == UNSIGNED


def test_an_unsigned_letter_is_not_valid(ours: Authority) -> None:
    assert verify(render("accepted", story()), ours) == UNSIGNED


def test_a_signature_before_the_certificate_began_is_not_trusted(ours: Authority) -> None:
    early = sign(render("accepted", story()), ours, at=datetime(2026, 8, 1, tzinfo=UTC))
    assert not verify(early, ours).trusted


def test_the_time_of_signing_must_name_its_zone(ours: Authority) -> None:
    with pytest.raises(ValueError, match="时区"):
        sign(render("accepted", story()), ours, at=datetime(2026, 9, 24, 10, 21))


def test_the_keys_are_readable_by_their_owner_alone(ours: Authority) -> None:
    assert stat.S_IMODE(ours.folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in ours.folder.iterdir()}
    assert modes == dict.fromkeys(("root.pem", "root.key", "signer.pem", "signer.key"), 0o600)


def test_an_existing_authority_is_kept(ours: Authority) -> None:
    before = ours.key.read_bytes()
    assert make_demo_authority(ours.folder, name="别处", on=MADE) == ours
    assert ours.key.read_bytes() == before
    assert [path.name for path in ours.folder.parent.iterdir()] == ["demo"]


def test_a_folder_without_a_key_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoAuthority, match="没有签名密钥"):
        authority(tmp_path)
    with pytest.raises(NoAuthority):
        make_demo_authority(tmp_path, name="罗山县政务服务中心", on=MADE)


def test_a_container_put_together_from_parts_is_the_one_that_the_library_builds(
    ours: Authority, signed: bytes
) -> None:
    """The first letter of a key is signed by the library alone, each later one from its parts.

    What `verify` holds against a signature is the library's own encoding of the same values.
    """
    assert _signer(ours)._parts is not None
    for kind in ("accepted", "receipt", "granted"):
        assert verify(sign(render(kind, story()), ours, at=AT), ours).valid
