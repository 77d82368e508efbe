"""Without the key every badge is a stranger's: it is made once, kept whole, and missed aloud."""

import stat

import pytest

from kiosk.badge_key import KEY_FILE, BadgeKey, BadgeKeyError


def test_the_same_badge_is_known_again_after_a_restart(tmp_path):
    first = BadgeKey.of(tmp_path, may_make=True).hash("nfc", b"\x04\xa1\xb2\xc3")
    assert BadgeKey.of(tmp_path, may_make=False).hash("nfc", b"\x04\xa1\xb2\xc3") == first


def test_two_shops_know_the_same_badge_by_different_hashes(tmp_path):
    for shop in ("one", "other"):
        (tmp_path / shop).mkdir()
    hashes = {
        BadgeKey.of(tmp_path / shop, may_make=True).hash("nfc", b"\x04\xa1\xb2\xc3") for shop in ("one", "other")
    }
    assert len(hashes) == 2


def test_a_card_never_passes_for_a_tag():
    key = BadgeKey(bytes(32))
    assert len({key.hash(kind, b"\x01\x02\x03\x04") for kind in ("nfc", "em4100", "card")}) == 3


def test_a_short_number_is_no_prefix_of_a_long_one():
    key = BadgeKey(bytes(32))
    assert key.hash("nfc", b"\x04\x01\x02\x03") != key.hash("nfc", b"\x04\x01\x02\x03\x04\x05\x06")


def test_the_key_is_for_its_owner_alone(tmp_path):
    BadgeKey.of(tmp_path, may_make=True)
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


def test_a_lost_key_is_said_and_no_new_one_is_made_beside_an_old_record(tmp_path):
    with pytest.raises(BadgeKeyError, match=r"badge\.key is missing"):
        BadgeKey.of(tmp_path, may_make=False)
    assert not (tmp_path / KEY_FILE).exists()


def test_a_torn_key_is_said(tmp_path):
    (tmp_path / KEY_FILE).write_bytes(b"half")
    with pytest.raises(BadgeKeyError, match="is not a badge key"):
        BadgeKey.of(tmp_path, may_make=True)


def test_a_draft_left_by_a_power_cut_does_no_harm(tmp_path):
    (tmp_path / KEY_FILE).with_suffix(".new").write_bytes(b"half")
    assert BadgeKey.of(tmp_path, may_make=True).hash("nfc", b"1") == BadgeKey.of(tmp_path, may_make=False).hash(
        "nfc", b"1"
    )
