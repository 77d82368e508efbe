"""The page for whoever trusts nothing of ours: what it says to type is typed here, with no code of ours in it."""

import subprocess
from pathlib import Path

import pytest
from by_hand import Kiosk
from by_the_page import ROOT_PY, SCRIPTS, TOOLS_HERE, typed
from programs import kiosk as run_kiosk

pytestmark = pytest.mark.skipif(not TOOLS_HERE, reason="a tool of the page is not here")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A copy of a shop, an old checkpoint, the key, and the script saved as the page says."""
    kiosk = Kiosk(tmp_path / "shop")
    (tmp_path / "old.txt").write_text(run_kiosk("checkpoint", "--data", str(tmp_path / "shop")).stdout)
    (tmp_path / "key.txt").write_text(run_kiosk("checkpoint", "--key", "--data", str(tmp_path / "shop")).stdout)
    kiosk.gather("Amina", "Jo")
    kiosk.store.store.close()
    (tmp_path / "root.py").write_text(ROOT_PY)
    return tmp_path


def test_the_number_is_made_again_and_the_signature_holds(desk):
    assert len(SCRIPTS) == 3
    said, made = typed(SCRIPTS[0], desk).split()
    assert said == made
    assert "Signature Verified Successfully" in typed(SCRIPTS[1], desk)
    assert "shop founded" in typed(SCRIPTS[2], desk)


def test_a_changed_entry_leads_to_another_number(desk):
    database = f"{desk}/shop/record.sqlite"
    change = (
        "DROP TRIGGER never_changed; UPDATE record SET body = replace(body, 'Amina', 'Anina') WHERE number = 10"
    )
    subprocess.run(["sqlite3", database, change], check=True)
    said, made = typed(SCRIPTS[0], desk).split()
    assert said != made


def test_a_changed_checkpoint_is_not_signed(desk):
    old = (desk / "old.txt").read_text()
    (desk / "old.txt").write_text(old.replace("commons-kiosk/", "commons-Kiosk/", 1))
    done = subprocess.run(["bash", "-c", SCRIPTS[1]], cwd=desk, capture_output=True, text=True, check=False)
    assert "Signature Verified Successfully" not in done.stdout
