"""A new shop begins as a neighbour does things, in one command: its rules come over, its people never."""

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from kiosk.__main__ import app
from kiosk.amounts import BadgeHash
from kiosk.badge_key import BadgeKey
from kiosk.clock import SystemClock
from kiosk.commands import BeginDuty, Found, NameWork, NewBadge, Refusal
from kiosk.core import Core
from kiosk.demo import UIDS, settle_in
from kiosk.events import CharterWritten
from kiosk.rules.charter import NUMBERS, fits, numbers_of
from kiosk.state import Charter, State
from kiosk.store import Store
from kiosk.template import DutyOf, Template, differences, digest_of, lying_ready, read_template, write_template

FOUNDERS = tuple((name, NewBadge(BadgeHash(name * 9), "tag")) for name in ("Ada", "Ben", "Cy"))
THEIRS = Template(
    shop="Canal Street",
    numbers=numbers_of(Charter()) | {"soft_limit": 5 * 60, "hands_small": 2},
    duties=(DutyOf("taking minutes", "order", "week"), DutyOf("keeping the jar", "lot", "month")),
    work=("bees",),
)


def run(*words: str, ok: bool = True) -> str:
    done = CliRunner().invoke(app, list(words))
    assert (done.exit_code == 0) is ok, done.output
    return done.output


def test_a_founding_takes_over_numbers_duties_and_words(empty):
    empty.done(Found(FOUNDERS, THEIRS))
    assert empty.state.charter.soft_limit == 5 * 60
    assert set(empty.state.duties) == {"taking minutes", "keeping the jar"}
    assert empty.state.duties["keeping the jar"].how == "lot"
    assert empty.state.named_work == ("bees",)


def test_what_no_shop_can_live_by_is_left_out_and_the_rest_is_taken(empty):
    bad = msgspec.structs.replace(
        THEIRS,
        numbers={"hands": 99, "soft_limit": 7, "undo": 600, "no such number": 3, "hard_limit": 10**12},
        duties=(
            DutyOf("chairman", "order", "week"),
            DutyOf("washing up", "order", "week"),
            DutyOf("x" * 99, "lot", "day"),
        ),
        work=("", "bees", "Bees", "<b>", "repair", "x" * 200),
    )
    empty.done(Found(FOUNDERS, bad))
    assert empty.state.charter == msgspec.structs.replace(Charter(), undo=600)
    assert set(empty.state.duties) == {"washing up"}
    assert empty.state.named_work == ("bees",)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(NUMBERS)), st.integers(-5, 20_000), max_size=12))
def test_whatever_a_template_says_a_shop_can_live_by_its_charter(numbers):
    from kiosk.rules.founding import begins_with

    events = begins_with(Template(numbers=numbers), ("Ada", "Ben", "Cy"), State())
    written = next(event for event in events if isinstance(event, CharterWritten))
    assert fits(written.numbers, 3)
    assert all(value in NUMBERS[name].values for name, value in written.numbers.items())


def test_the_file_comes_back_and_its_digest_does_not_ask_whose_it_is():
    assert read_template(write_template(THEIRS)) == THEIRS
    assert digest_of(THEIRS) == digest_of(msgspec.structs.replace(THEIRS, shop="Mill Lane"))
    assert digest_of(THEIRS) != digest_of(msgspec.structs.replace(THEIRS, work=()))


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{", b'{"kind":"another thing"}', b'{"numbers":{"hands":"three"}}', b"[" * 60_000, b"x" * 70_000],
)
def test_what_is_no_template_is_refused_in_words(data):
    assert isinstance(read_template(data), str)


def test_the_file_of_a_full_shop_names_nobody(tmp_path):
    with Store.open(tmp_path / "theirs") as store:
        key = BadgeKey.of(tmp_path / "theirs", may_make=True)
        clock = SystemClock()
        core = Core(store, settle_in(store, key, clock.now(), jar=True), clock)
        members, badges = tuple(core.state.members), tuple(core.state.badges)
        hands = tuple(key.hash("nfc", uid) for uid in tuple(UIDS.values())[:3])
        for command in (NameWork(badge=hands[0], work="bees"), BeginDuty("taking minutes", "order", "week", hands)):
            assert not isinstance(core.handle(command), Refusal)
    file = tmp_path / "template.json"
    run("template", "export", str(file), "--data", str(tmp_path / "theirs"))
    text = file.read_text()
    assert not any(name in text for name in (*members, *badges))
    assert json.loads(text)["work"] == ["bees"]
    assert [each["duty"] for each in json.loads(text)["duties"]] == ["taking minutes"]


def test_one_command_lays_it_ready_and_a_shop_that_is_founded_only_compares(tmp_path):
    file = tmp_path / "template.json"
    file.write_bytes(write_template(THEIRS))
    told = run("template", "import", str(file), "--data", str(tmp_path / "new"))
    assert "Canal Street" in told
    assert lying_ready(tmp_path / "new") == THEIRS
    with Store.open(tmp_path / "old") as store:
        settle_in(store, BadgeKey.of(tmp_path / "old", may_make=True), SystemClock().now())
    assert "founded already" in run("template", "import", str(file), "--data", str(tmp_path / "old"), ok=False)
    differs = run("template", "compare", str(file), "--data", str(tmp_path / "old"))
    assert "soft_limit: 300 there, 600 here" in differs
    assert "duty only there: keeping the jar" in differs


def test_two_shops_that_do_things_alike_differ_in_nothing():
    assert differences(THEIRS, THEIRS) == ()
    later = msgspec.structs.replace(THEIRS, duties=(DutyOf("taking minutes", "lot", "week"), THEIRS.duties[1]))
    assert differences(THEIRS, later) == ("taking minutes: by lot, for a week there",)


def test_a_pipe_or_a_missing_file_is_said_in_a_line(tmp_path):
    assert "can’t be read" in run("template", "compare", str(tmp_path / "none"), "--data", str(tmp_path), ok=False)
