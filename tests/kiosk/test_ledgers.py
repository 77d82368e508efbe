"""The books that leave the house: whoever audits the shop with a program of their own finds every minute and cent,
and nothing that somebody wrote is read as anything but words."""

import csv
import io
import re
from datetime import UTC, date
from pathlib import Path
from unicodedata import category

import bookkeepers as judge
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from typer.testing import CliRunner

from kiosk.__main__ import BAD_USE, app
from kiosk.events import (
    Bought,
    CircleOpened,
    CoinFell,
    CommonsServed,
    FridayClosed,
    FridayOpened,
    FundEnded,
    FundSplit,
    HandedOn,
    HoursCountered,
    HoursSwapped,
    JarCounted,
    MoneyGiven,
    Offered,
    Part,
    ProjectProposed,
    ProjectWithdrawn,
    ReserveSpent,
    Returned,
    Share,
    WagesSliced,
)
from kiosk.reports import ledger_beancount, ledger_hledger
from kiosk.reports.plain import one_line
from kiosk.reports.postings import Account, Books, Shelf, books, standing
from kiosk.store import Store

SHELVES = Shelf.__args__
NAMED = [shelf for shelf in SHELVES if shelf not in ("jar", "coins", "by hand", "wages", "differences", "returned")]

NASTY = [
    "",
    " ",
    "  two  spaces ",
    "Zoë O'Neil",
    "أمينة بنت محمد",
    "12 o'clock",
    "2026-01-01 * x",
    "include /etc/passwd",
    "\ninclude /etc/passwd\n",
    '"',
    '\\"',
    "\\",
    "\n2026-01-01 open Assets:Stolen EUR\n",
    "; date:2020-01-01",
    "[2020-01-01]",
    "(virtual)",
    "[balanced]",
    "* starred",
    "! marked",
    "= 5 EUR",
    "a = b @ 2 EUR",
    "a:b:c",
    "comment",
    "end comment",
    "{{x}} {x}",
    "~ monthly",
    "plus|minus",
    "%41",
    "X----amina",
    "X---27-",
    "-- 27- ",
    "Commons",
    "e\u0301",
    "\u0301",
    "\u202eevil\u2066",
    "a\u00a0\u2003b",
    "ǅ titlecase",
    "ß",
    "ﬁ",
    "١٢٣",
    "漢字",
    "𝒜 beyond",
    "🧺",
    "N'Ko ߒߞߏ",
    "a\tb\rc\x0bd\x85e\u2028f",
    "\x00",
    "#tag ^link",
    "k1/17",
    "k1 17",
]

anything = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=24),
    st.text("\";:|()[]{}=*!#%\\\n\r\t ^~@,'-_.Xx27aÀ", max_size=24),
)
"""What somebody could have written, also where a rule would have refused it."""


# --- names ------------------------------------------------------------------------------------------------


def back_from_hledger(component: str) -> str:
    """The way back, from its description alone: %XX are bytes of UTF-8, all else stands for itself."""
    if component == "%":
        return ""
    parts = re.split("((?:%[0-9A-F]{2})+)", component)
    return "".join(
        bytes.fromhex(part.replace("%", "")).decode("utf-8", "surrogatepass") if part.startswith("%") else part
        for part in parts
    )


def back_from_beancount(component: str) -> str:
    """The way back, from its description alone."""
    body = component.removeprefix("X----")
    parts = re.split("(---[0-9a-f]+-|--?)", body)
    return "".join(_undashed(part) for part in parts)


def _undashed(part: str) -> str:
    if part.startswith("---"):
        return bytes.fromhex(part.strip("-")).decode("utf-8", "surrogatepass")
    return {"-": " ", "--": "-"}.get(part, part)


@given(st.one_of(st.text(max_size=30), anything))
@settings(max_examples=400)
def test_every_name_has_its_way_back_so_no_two_share_an_account(name: str) -> None:
    """Without this two people's hours would be added together, and both would be cheated."""
    assert back_from_hledger(ledger_hledger.component(name)) == name
    assert back_from_beancount(ledger_beancount.component(name)) == name


some_account = st.one_of(
    st.builds(Account, st.sampled_from(NAMED), anything),
    st.builds(Account, st.sampled_from([shelf for shelf in SHELVES if shelf not in NAMED])),
)


@given(some_account, some_account)
@settings(max_examples=150)
@example(Account("hours", "commons"), Account("hours", "Commons"))
@example(Account("projects", "printing"), Account("projects", "Printing"))
@example(Account("set aside", "k1/17"), Account("set aside", "k1 17"))
@example(Account("set aside", "k1/17"), Account("set aside", "K1/17"))
@example(Account("funds", "jar"), Account("jar"))
@example(Account("funds", "ß"), Account("funds", "SS"))
def test_different_accounts_have_different_names(one: Account, other: Account) -> None:
    """Without this a fund called like a reserve would swallow it."""
    for name in (ledger_hledger.account_name, ledger_beancount.account_name):
        assert (name(one) == name(other)) == (one == other)


@given(st.one_of(st.text(max_size=30), anything))
@settings(max_examples=200)
def test_no_name_holds_what_hledger_has_another_use_for(name: str) -> None:
    """Without this some later hledger could read a comment, an account below, an amount or a price into a name."""
    written = ledger_hledger.component(name)
    assert written
    assert written == written.strip()
    assert "  " not in written
    assert not set(written) & set(':;=@"*!#[]{}|<>~^\t\n')


@given(st.one_of(st.text(max_size=30), anything))
@settings(max_examples=200)
def test_words_are_on_one_line_and_steer_nobody(words: str) -> None:
    """Without this a note could begin a line of its own, or turn the direction of what is read."""
    line = one_line(words)
    assert not {category(sign) for sign in line.replace("\u200c", "").replace("\u200d", "")} & {
        "Cc", "Cf", "Cs", "Zl", "Zp",
    }  # fmt: skip
    assert line == " ".join(line.split())


def test_ordinary_names_stay_readable() -> None:
    """Without this the books would be right, and nobody would read them."""
    names = [Account("hours", "Amina"), Account("hours", "commons"), Account("projects", "tool repair")]
    assert [ledger_hledger.account_name(each) for each in names] == [
        "hours:Amina",
        "hours:commons",
        "expenses:projects:tool repair",
    ]
    assert [ledger_beancount.account_name(each) for each in names] == [
        "Equity:Hours:Amina",
        "Equity:Hours:Commons",
        "Expenses:Projects:Tool-repair",
    ]
    assert ledger_beancount.account_name(Account("hours", "Jean-Luc")) == "Equity:Hours:Jean--Luc"
    assert ledger_beancount.account_name(Account("hours", "أمينة بنت")) == "Equity:Hours:X----أمينة-بنت"
    assert ledger_beancount.account_name(Account("set aside", "k1/17")) == "Assets:SetAside:K1-17"


# --- a record of everything -------------------------------------------------------------------------------


def everything(shop, words):
    """A record in which money and hours go every way they can, with these words wherever somebody may write.

    words: eight or more, all different. Nothing here asks the rules: what they would refuse is here too.
    """
    one, two, kind, title, other, north, south, note = words[:8]
    ada, ben = one, two
    shop.write(HoursSwapped(ada, (Share(ben, 90), Share(note, 45)), kind, note))
    swap = shop.entries[-1].id
    shop.write(CommonsServed(ben, ada, 30, kind, title))
    shop.wait(3 * 86_400)
    shop.write(HoursCountered(swap, {ada: -135, ben: 90, note: 45}, note, "both", (ada, ben)))
    shop.write(CoinFell(200, 4))
    shop.write(CoinFell(None, 7))
    shop.write(MoneyGiven(ada, ben, 80_001))
    shop.write(WagesSliced(5_005, (ada, ben)))
    shop.write(JarCounted(85_299, 85_206, (ada, ben)))
    bought = shop.write(ProjectProposed(title, 40_000, ada, ben, kind)).id
    waits = shop.write(ProjectProposed(other, 90_000, ada, ben, note)).id
    friday(
        shop, [bought, waits], 85_299, [bought], [HandedOn("reserve", north, 4_000), HandedOn("project", waits, 1)]
    )
    shop.wait(86_400)
    shop.write(ReserveSpent(north, 1_234, note, bought, ada, (ben,), "2026-12-01"))
    shop.write(MoneyGiven(ada, ben, 30_000))
    shop.write(JarCounted(30_000, 30_000, (ada, ben)))
    shop.write(FundSplit(1, (Part(north, 10_000, (ada,)), Part(south, 20_000, (ben,)))))
    shop.write(CoinFell(50, 4, north))
    small = shop.write(ProjectProposed(title, 7_000, ada, ben, kind, fund=north)).id
    shop.write(JarCounted(10_050, 10_050, (ada, ben), fund=north))
    late = shop.write(ProjectProposed(title, 70_000, ada, ben, kind, fund=north)).id
    parts = [HandedOn("fund", south, 3_000), HandedOn("project", late, 50)]
    friday(shop, [small, late], 10_050, [small], parts, fund=north)
    shop.write(FundEnded(1, north))
    shop.write(CoinFell(20, 4, north))
    shop.write(ProjectWithdrawn(late, ada, 50))
    return shop


def friday(shop, offered, cents, funded, handed_on, fund="jar"):
    """Give a jar away; what is not bought or handed on goes back to two people."""
    shop.write(CircleOpened(1, "", ("x", "y"), ("x", "y"), 300))
    projects = shop.state.projects
    prices = tuple(Offered(each, projects[each].title, projects[each].price) for each in offered)
    opened = shop.write(FridayOpened(1, 1, ("x", "y"), prices, cents, "hardship", "outcome", fund)).id
    spent = sum(projects[each].price for each in funded)
    back = cents - spent - sum(part.cents for part in handed_on)
    shop.write(
        FridayClosed(
            round=opened,
            ballots=2,
            funded=tuple(
                Bought(each, projects[each].title, projects[each].price, projects[each].aside) for each in funded
            ),
            spent=spent,
            rest=cents - spent,
            due="2026-12-01",
            detail="outcome",
            floor=2,
            handed_on=tuple(handed_on),
            returned=(Returned("x", back - back // 2), Returned("y", back // 2)) if back else (),
            fund=fund,
        )
    )


def in_euros_and_minutes(shop, name):
    """What the present says, in the words of a kind of books; accounts without a name in it are left out."""
    found = {}
    for account, count in standing(shop.state).items():
        if count:
            found[name(account), account.commodity] = count if account.commodity == "MIN" else count / 100
    return found


def hledger_of(made: Books) -> str:
    return "".join(f"{line}\n" for line in ledger_hledger.journal(made))


def beancount_of(made: Books) -> str:
    return "".join(f"{line}\n" for line in ledger_beancount.ledger(made))


def without_projects(balances):
    """The present keeps what was spent in one sum only."""
    spent = ("expenses:projects", "expenses:from reserves", "Expenses:Projects", "Expenses:FromReserves")
    return {key: float(count) for key, count in balances.items() if not key[0].startswith(spent)}


ORDINARY = ["Amina", "Jo", "tool repair", "oven seal", "second mixer", "bread", "bikes", "with thanks"]


def test_hledger_finds_every_minute_and_cent(empty) -> None:
    """Without this an audit would accuse somebody, or miss a theft."""
    shop = everything(empty, ORDINARY)
    journal = hledger_of(books("Shop", shop.entries, shop.state))
    assert judge.faults_for_hledger(journal) == ""
    balances = judge.balances_by_hledger(journal)
    assert without_projects(balances) == in_euros_and_minutes(shop, ledger_hledger.account_name)
    spent = sum(count for (account, _), count in balances.items() if account.startswith("expenses:"))
    assert spent * 100 == shop.state.money.spent + shop.state.money.returned


def test_beancount_finds_every_minute_and_cent(empty, tmp_path) -> None:
    """Without this an audit would accuse somebody, or miss a theft."""
    shop = everything(empty, ORDINARY)
    ledger = beancount_of(books("Shop", shop.entries, shop.state))
    assert judge.faults_for_beancount(ledger, tmp_path) == ""
    balances = judge.balances_by_beancount(ledger)
    assert without_projects(balances) == in_euros_and_minutes(shop, ledger_beancount.account_name)


@given(st.lists(anything, min_size=8, max_size=8, unique=True))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(NASTY[0:8])
@example(NASTY[8:16])
@example(NASTY[16:24])
@example(NASTY[24:32])
@example(NASTY[32:40])
@example(NASTY[-8:])
def test_whatever_people_write_stays_words(open_shop, words) -> None:
    """Without this a title could open an account, include a file or date an entry back."""
    shop = everything(open_shop(), words)
    made = books(words[0], shop.entries, shop.state)
    entries = {booking.id: booking for booking in made.bookings if booking.postings}

    journal = hledger_of(made)
    assert judge.faults_for_hledger(journal) == ""
    assert without_projects(judge.balances_by_hledger(journal)) == in_euros_and_minutes(
        shop, ledger_hledger.account_name
    )
    read = list(csv.DictReader(io.StringIO(judge.hledger(journal, "print", "--output-format", "csv").stdout)))
    transactions = {row["code"]: (row["date"], row["status"]) for row in read if row["code"]}
    assert transactions == {name: (str(booking.day), "*") for name, booking in entries.items()}
    assert not any(row["date2"] for row in read)
    descriptions = {row["code"]: row["description"] for row in read if row["code"]}
    assert descriptions == {
        name: one_line(booking.told).replace(";", ",").replace("|", "/") for name, booking in entries.items()
    }
    moved = csv.DictReader(io.StringIO(judge.hledger(journal, "register", "--output-format", "csv").stdout))
    days = {(row["code"], row["date"]) for row in moved if row["code"]}
    assert days == {(name, str(booking.day)) for name, booking in entries.items()}
    assert set(judge.hledger(journal, "tags").stdout.split()) <= {"takes-back"}

    directives, errors = judge.loaded_by_beancount(beancount_of(made))
    assert errors == []
    told = {each.meta["entry"]: each.narration for each in directives if hasattr(each, "narration")}
    assert told == {name: one_line(booking.told) for name, booking in entries.items()}
    assert {type(each).__name__ for each in directives} == {"Open", "Note", "Transaction", "Balance"}
    opened = {each.account: each.meta.get("name") for each in directives if type(each).__name__ == "Open"}
    assert opened == {
        ledger_beancount.account_name(each): None if each.name is None else one_line(each.name)
        for each in made.accounts
    }


def test_what_was_set_aside_in_a_daughter_of_a_daughter_goes_back_to_its_mother(empty) -> None:
    """Without this the books would look for it in the jar, where it never was."""
    shop = empty
    shop.write(MoneyGiven("Amina", "Jo", 90_000))
    shop.write(JarCounted(90_000, 90_000, ("Amina", "Jo")))
    shop.write(FundSplit(1, (Part("bread", 60_000, ()), Part("bikes", 30_000, ()))))
    shop.write(JarCounted(60_000, 60_000, ("Amina", "Jo"), fund="bread"))
    shop.write(FundSplit(1, (Part("rolls", 20_000, ()), Part("cake", 40_000, ())), fund="bread"))
    shop.write(JarCounted(20_000, 20_000, ("Amina", "Jo"), fund="rolls"))
    waits = shop.write(ProjectProposed("a tin", 30_000, "Amina", "Jo", "other", fund="rolls")).id
    friday(shop, [waits], 20_000, [], [HandedOn("project", waits, 20_000)], fund="rolls")
    shop.write(FundEnded(1, "rolls"))
    shop.write(ProjectWithdrawn(waits, "Amina", 20_000))
    journal = hledger_of(books("Shop", shop.entries, shop.state))
    assert judge.faults_for_hledger(journal) == ""
    assert judge.balances_by_hledger(journal)["assets:funds:bread", "EUR"] == 200


# --- what the judges find ---------------------------------------------------------------------------------


def test_both_judges_notice_a_changed_cent_and_a_changed_minute(empty, tmp_path) -> None:
    """Without this somebody could edit the file and it would still be believed."""
    shop = everything(empty, ORDINARY)
    made = books("Shop", shop.entries, shop.state)
    journal, ledger = hledger_of(made), beancount_of(made)
    for good, bad in (("2.00 EUR", "2.01 EUR"), ("30 MIN", "31 MIN")):
        tampered = re.sub(rf"^([^=\n]*\s-?){good}$", rf"\g<1>{bad}", journal, flags=re.MULTILINE)
        assert tampered != journal
        assert "assertion" in judge.faults_for_hledger(tampered)
        tampered = re.sub(rf"^([^=\n]*\s-?){good}$", rf"\g<1>{bad}", ledger, flags=re.MULTILINE)
        assert "Balance failed" in judge.faults_for_beancount(tampered, tmp_path)


def test_both_judges_notice_a_present_that_is_not_what_the_entries_come_to(empty, tmp_path) -> None:
    """Without this the wall could say one sum and the record another, and nobody would see it."""
    shop = everything(empty, ORDINARY)
    money = replace(shop.state.money, returned=shop.state.money.returned + 1)
    made = books("Shop", shop.entries, replace(shop.state, money=money))
    assert "expenses:returned" in judge.faults_for_hledger(hledger_of(made))
    assert "Expenses:Returned" in judge.faults_for_beancount(beancount_of(made), tmp_path)


def test_a_coin_of_no_known_value_is_told_and_moves_no_money(shop, tmp_path) -> None:
    """Without this money would be in the books before anybody counted it, or the coin would be forgotten."""
    entry = shop.write(CoinFell(None, 7))
    made = books("Shop", shop.entries, shop.state)
    (booking,) = made.bookings
    assert booking.postings == ()
    assert f"({entry.id})" in hledger_of(made)
    assert judge.faults_for_hledger(hledger_of(made)) == ""
    assert judge.balances_by_hledger(hledger_of(made)) == {}
    directives, errors = judge.loaded_by_beancount(beancount_of(made))
    assert errors == []
    assert [each.meta["entry"] for each in directives if type(each).__name__ == "Note"] == [entry.id]


# --- clocks -----------------------------------------------------------------------------------------------

HOUR = 3_600_000
moments = st.tuples(
    st.one_of(
        st.integers(-(2**62), 2**62),
        st.sampled_from([0, 1_793_620_800_000, 253_402_300_800_000, -62_135_596_800_001]),
        st.integers(1_793_000_000_000, 1_799_000_000_000),
    ),
    st.booleans(),
)


@given(st.lists(moments, min_size=1, max_size=12))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([(2**62, True)])
@example([(-(2**62), False)])
@example([(1_793_620_800_000, True), (0, True), (0, False), (1_793_620_800_000 + 50 * HOUR, True)])
def test_days_never_go_back_and_a_clock_that_may_be_wrong_is_marked(open_shop, walls) -> None:
    """Without this one wrong clock would make all books unreadable, or be believed."""
    shop = open_shop()
    for wall, trusted in walls:
        shop.now = replace(shop.now, wall=wall, trusted=trusted)
        shop.write(CoinFell(100, 4))
    made = books("Shop", shop.entries, shop.state, UTC)
    days = [booking.day for booking in made.bookings]
    assert days == sorted(days)
    assert all(not booking.sure or trusted for booking, (_, trusted) in zip(made.bookings, walls, strict=True))
    journal = hledger_of(made)
    assert judge.faults_for_hledger(journal) == ""
    assert journal.count("clock:may be wrong") == sum(not booking.sure for booking in made.bookings)
    directives, errors = judge.loaded_by_beancount(beancount_of(made))
    assert errors == []
    assert [each.flag for each in directives if hasattr(each, "flag")] == [
        "*" if booking.sure else "!" for booking in made.bookings
    ]


def test_an_entry_under_a_lost_clock_stands_on_the_day_of_the_one_before(shop) -> None:
    """Without this what happened today would stand in the year 1970."""
    shop.write(MoneyGiven("Ada", "Ben", 100))
    shop.restart(seconds=-40 * 365 * 86_400, trusted=False)
    shop.write(MoneyGiven("Ben", "Ada", 100))
    first, second = books("Shop", shop.entries, shop.state, UTC).bookings
    assert (first.day, first.sure) == (date(2026, 11, 2), True)
    assert (second.day, second.sure) == (date(2026, 11, 2), False)


# --- the commands -----------------------------------------------------------------------------------------

runner = CliRunner()


@pytest.fixture
def untouched(tmp_path) -> Path:
    """A record in which nothing has happened."""
    with Store.open(tmp_path / "data"):
        return tmp_path / "data"


def test_the_books_of_an_empty_record_are_accepted(untouched, tmp_path) -> None:
    """Without this the first thing a new shop tries would fail."""
    journal = runner.invoke(app, ["export", "hledger", "--data", str(untouched)])
    ledger = runner.invoke(app, ["export", "beancount", "--data", str(untouched)])
    assert journal.exit_code == ledger.exit_code == 0
    assert judge.faults_for_hledger(journal.stdout) == ""
    assert judge.faults_for_beancount(ledger.stdout, tmp_path) == ""


@pytest.mark.parametrize("form", ["hledger", "beancount"])
def test_a_file_is_written_once_and_not_over_another(untouched, tmp_path, form) -> None:
    """Without this an export would wipe out what somebody keeps under that name."""
    words = ["export", form, "--data", str(untouched), "--output", str(tmp_path / "books")]
    assert runner.invoke(app, words).exit_code == 0
    assert (tmp_path / "books").read_text(encoding="utf-8")
    again = runner.invoke(app, words)
    assert again.exit_code == BAD_USE
    assert "--force" in again.stderr
    assert runner.invoke(app, [*words, "--force"]).exit_code == 0


@pytest.mark.parametrize("form", ["hledger", "beancount"])
def test_where_nothing_can_be_written_one_line_says_so(untouched, tmp_path, form) -> None:
    """Without this somebody would take an old file for the new one."""
    done = runner.invoke(app, ["export", form, "--data", str(untouched), "-o", str(tmp_path / "no" / "books")])
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
