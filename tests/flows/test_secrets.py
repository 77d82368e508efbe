"""What a thief of the card finds: names and hours, and nothing that makes a badge."""

import base64
import stat
from pathlib import Path

from kiosk.badge_key import KEY_FILE
from kiosk.codes import read_code
from kiosk.faces import BookedFace, TroubleFace


def forms(secret: bytes) -> list[bytes]:
    """Every way a number or a secret might have been written down."""
    hexed = secret.hex()
    spaced = " ".join(hexed[i : i + 2] for i in range(0, len(hexed), 2))
    return [
        secret,
        secret[::-1],
        *(
            text.encode()
            for text in (hexed, hexed.upper(), spaced, spaced.upper(), str(int.from_bytes(secret, "big")))
        ),
        base64.b64encode(secret).rstrip(b"="),
        base64.b32encode(secret).rstrip(b"="),
    ]


def held(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_no_uid_and_no_secret_is_anywhere_in_the_data_folder(shop):
    shop.choose("people").choose("add").choose("member:Jo").show_card("Jo's card").tap("Amina").tap("Sara")
    shop.sees(TroubleFace, "one more badge")
    shop.choose("ok").choose("work:repair").tap("Amina").show_card("Jo's card").sees(BookedFace)
    shop.choose("done").tap("a stranger's").sees(TroubleFace)
    code = shop.cards["Jo's card"]
    secret = read_code(code)
    assert secret is not None
    wanted = [form for uid in shop.uids.values() for form in forms(uid)] + forms(secret) + [code.encode()]
    files = held(shop.folder)
    assert len(files) >= 3
    for name, content in files.items():
        for form in wanted:
            assert form not in content, f"{form!r} lies in {name}"


def test_the_search_would_find_a_uid_that_was_written_down(shop):
    """The control: the search is no blind one."""
    (shop.folder / "notes.txt").write_text(f"Amina has {shop.uid('Amina').hex().upper()}")
    assert any(form in content for content in held(shop.folder).values() for form in forms(shop.uid("Amina")))


def test_key_and_record_are_for_the_kiosks_user_alone(shop):
    assert stat.S_IMODE(shop.folder.stat().st_mode) == 0o700
    for name in (KEY_FILE, "record.sqlite"):
        assert stat.S_IMODE((shop.folder / name).stat().st_mode) == 0o600, name
