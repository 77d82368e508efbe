"""docs/counting.md is true: its example is counted, by us and by pabutools, as it stands there."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.__main__ import app
from kiosk.counting.equal_shares import lot

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs/counting.md").read_text(encoding="utf-8")
runner = CliRunner()


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return found


@pytest.fixture
def jar(tmp_path):
    """The page's election, saved as the page says."""
    file = tmp_path / "jar.pb"
    file.write_text(block("pb"), encoding="utf-8")
    return file


def test_the_example_comes_out_as_the_page_says(jar):
    assert runner.invoke(app, ["count", str(jar)]).stdout == block("text")


def test_one_cent_more_would_be_too_much_as_the_page_says():
    prices = dict(re.findall(r"^([A-E]);(\d+)\.00;", block("pb"), re.MULTILINE))
    assert sum(int(prices[each]) for each in "BCE") == 108
    assert "108.00 would be" in PAGE


def test_pabutools_comes_to_the_same_in_the_way_the_page_shows(jar):
    done = subprocess.run(
        [sys.executable, "-c", block("python")], cwd=jar.parent, capture_output=True, text=True, check=True
    )
    ours = runner.invoke(app, ["count", str(jar), "--floor", "0", "--json"]).stdout
    assert re.findall(r'"funded": \[(.*?)\]', ours) == [", ".join(f'"{each}"' for each in done.stdout.split())]


def test_the_lot_is_drawn_as_the_page_shows():
    (drawn,) = re.findall(r"printf '%s' '(.*)' \| sha256sum", PAGE)
    assert lot(*drawn.rsplit(" ", 1)) == hashlib.sha256(drawn.encode()).hexdigest()


def test_the_table_of_options_is_whole():
    shown = set(re.findall(r"^\| `(--\w+)", PAGE, re.MULTILINE))
    told = runner.invoke(app, ["count", "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"}).stdout
    assert shown == set(re.findall(r"--\w+", told)) - {"--help"}
