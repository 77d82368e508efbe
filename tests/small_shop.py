"""A shop of four whose record is written by hand, a line each, so that all its figures can be added up by hand."""

from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from kiosk.amounts import BadgeHash, EntryId, Moment
from kiosk.events import (
    AnyEvent,
    Bought,
    CircleJoined,
    CircleOpened,
    CoinFell,
    CommonsServed,
    ConcessionWon,
    Counts,
    DissentCounted,
    DutyHandedOver,
    Entry,
    Founder,
    FridayClosed,
    HandedOn,
    HoursCountered,
    HoursSwapped,
    JarCounted,
    MemberJoined,
    MemberLeft,
    MoneyGiven,
    NumberCountered,
    NumberSaid,
    ReformNoted,
    ReportHeld,
    RoundClosed,
    RoundOpened,
    RoundVoided,
    Share,
    ShopFounded,
    TaskDone,
    TaskTaken,
    WagesSliced,
    read_entry,
    write_entry,
)
from kiosk.store import Store

NOVEMBER = "2026-11"


def at(day: str, hour: int = 12, *, trusted: bool = True) -> Moment:
    wall = int(datetime.fromisoformat(f"{day}T{hour:02d}:00:00+00:00").timestamp() * 1000)
    return Moment(wall, wall, "a", trusted=trusted)


class Book:
    """A record that is written by hand, a line each."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, day: str, event: AnyEvent, *, trusted: bool = True) -> EntryId:
        entry = Entry("k", len(self.entries) + 1, at(day, trusted=trusted), event)
        self.entries.append(entry)
        return entry.id


def swap(minutes: int, work: str = "cooking") -> HoursSwapped:
    return HoursSwapped("Jo", (Share("Amina", minutes),), work)


def number(measure: str, what: str, amount: int, unit: str = "", until: str = "2026-11-20") -> NumberSaid:
    return NumberSaid(measure, what, amount, unit, "2026-11-01", until, "the book", "Jo", "Amina")


def won(cents: int, day: str, until: str = "", action: str = "a strike") -> ConcessionWon:
    return ConcessionWon("a pay rise", action, cents, day, until, "the letter", "Jo", "Amina")


def reform(cents: int, day: str, until: str = "") -> ReformNoted:
    return ReformNoted("a minimum wage", "the ministry", cents, day, until, "the paper", "Jo", "Amina")


def circle(number: int, *people: str) -> CircleOpened:
    return CircleOpened(number, people[0], people, people, 300)


def a_small_shop() -> tuple[Book, dict[str, EntryId]]:
    """October and November of four people; every figure of it is added up by hand below."""
    book = Book()
    names: dict[str, EntryId] = {}
    add = book.add
    four = tuple(Founder(name, BadgeHash(name), "tag") for name in ("Jo", "Amina", "Sara", "Ada"))
    add("2026-10-01", ShopFounded(four))
    add("2026-10-20", swap(120))
    add("2026-10-31", DutyHandedOver("taking minutes", "Jo", "", "2026-11-08"))
    names["soup"] = add("2026-11-02", swap(60))
    names["soup again"] = add("2026-11-02", swap(30))
    names["wrong"] = add("2026-11-03", swap(600))
    add("2026-11-03", CommonsServed("Sara", "Jo", 45, "repair"))
    add("2026-11-03", HoursCountered(names["wrong"], {"Jo": -600, "Amina": 600}, "a slip", "undo", ("Jo",)))
    names["circle"] = add("2026-11-04", circle(1, "Jo", "Amina", "Sara"))
    task = add("2026-11-04", TaskTaken(1, "fetch flour", "Jo", "2026-11-06"))
    add("2026-11-04", CircleJoined(1, "Ada"))
    names["task"] = add("2026-11-06", TaskDone(task, "Jo", 90))
    six = ("Jo", "Amina", "Sara", "Ada", "Ben", "Cy")
    add("2026-11-07", MemberJoined("Ben", BadgeHash("Ben"), "tag", ("Jo", "Amina")))
    add("2026-11-07", MemberJoined("Cy", BadgeHash("Cy"), "tag", ("Jo", "Amina")))
    add("2026-11-09", circle(2, *six))
    for outcome, pressed, counts in (
        ("carried", 5, Counts(4, 1, 0)),
        ("waits", 6, Counts(6, 0, 0)),
        ("not carried", 6, None),
    ):
        opened = add("2026-11-09", RoundOpened(2, "?", six, "counts" if counts else "outcome", "Jo", "", ""))
        add("2026-11-09", RoundClosed(opened, outcome, pressed, counts))
    opened = add("2026-11-09", RoundOpened(2, "?", six, "counts", "Jo", "", ""))
    add("2026-11-09", RoundVoided(opened, "power cut"))
    add("2026-11-10", DissentCounted(5, quiet=True))
    names["turn"] = add("2026-11-11", DutyHandedOver("taking minutes", "Amina", "Jo", "2026-11-15"))
    add("2026-11-12", CoinFell(200, 1))
    add("2026-11-12", CoinFell(None, 9))
    add("2026-11-12", WagesSliced(50_00, ("Jo", "Amina")))
    add("2026-11-12", MoneyGiven("Jo", "Amina", 10_00))
    add("2026-11-13", JarCounted(61_50, 62_00, ("Jo", "Amina"), unknown=1))
    names["friday"] = add(
        "2026-11-13",
        FridayClosed(
            EntryId("k/1"),
            5,
            (Bought(EntryId("k/2"), "oven seal", 40_00, aside=5_00), Bought(EntryId("k/3"), "zine", 10_00)),
            50_00,
            11_50,
            "2026-11-20",
            "outcome",
            2,
            handed_on=(HandedOn("reserve", "strike reserve", 11_50),),
        ),
    )
    names["bread"] = add("2026-11-21", number("made", "bread", 400, "loaves"))
    names["rolls"] = add("2026-11-21", number("made", "bread", 7, "crates"))
    add("2026-11-21", number("taken", "bread", 900, "loaves"))
    names["by hand"] = add("2026-11-21", number("hours", "night shift", 480))
    names["too much"] = add("2026-11-21", number("made", "bread", 4000, "loaves"))
    names["strike"] = add("2026-11-22", won(300_00, "2026-11-15"))
    add("2026-11-22", won(0, "2026-11-16", until="2026-11-20"))
    add("2026-11-22", reform(100_00, "2026-11-01", until="2027-01-01"))
    add("2026-11-29", ReportHeld("audit", "2026-10", ("Jo", "Amina")))
    names["mended"] = add("2026-12-01", NumberCountered(names["too much"], "a nought", "Jo", "Sara"))
    names["late"] = add("2026-12-02", number("made", "rolls", 50, "trays", until="2026-11-30"))
    add("2026-12-02", swap(15))
    add("2026-12-03", MemberLeft("Cy", 0))
    return book, names


def kept_in(folder: Path) -> Path:
    """The small shop's record in a data folder, as the kiosk of that folder would have written it; the folder."""
    book, _ = a_small_shop()
    with Store.open(folder) as store:
        own = f'"{store.device}/'.encode()
        renamed = [read_entry(write_entry(entry).replace(b'"k/', own)) for entry in book.entries]
        store.append([replace(entry, device=store.device) for entry in renamed], {})
    return folder
