"""Recomputes what `kiosk report` says, from what `kiosk record --json` prints and from nothing else.

It imports nothing of the house, reads no file of its, and is written against docs/use.md, not against the code: a
second pair of eyes. Anybody can run it, with any Python from 3.11 on:

    kiosk record --json > record.jsonl
    python tests/recompute.py audit 2026-11 < record.jsonl
    python tests/recompute.py ledger 2026-Q4 < record.jsonl
    python tests/recompute.py autopsy 2026-Q4 < record.jsonl

`number` is the entry's own; that of something else which an entry is about has a name (`circle`, `countered`).
Days are those of the machine's time zone, as at the kiosk; the quarters of an autopsy are those of UTC.
"""

import json
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

Entry = dict[str, Any]
Name = tuple[str, str, str, str]
"""Section, key, what, unit."""

Figures = dict[Name, dict[str, Any]]
"""value, per, and the entries that a figure comes from."""

# --- days -------------------------------------------------------------------------------------------------


def days_of(period: str) -> tuple[date, date]:
    """The first and the last day of a month or a quarter."""
    year, _, part = period.partition("-")
    first_month, months = (int(part[1]) * 3 - 2, 3) if part.startswith("Q") else (int(part), 1)
    beyond = first_month + months
    ends = date(int(year) + beyond // 13, (beyond - 1) % 12 + 1, 1) - timedelta(days=1)
    return date(int(year), first_month, 1), ends


def months_in(quarter: str) -> list[str]:
    year, number = quarter.split("-Q")
    return [f"{year}-{int(number) * 3 - 2 + month:02d}" for month in range(3)]


def quarter_before(quarter: str) -> str:
    year, number = (int(part) for part in quarter.split("-Q"))
    return f"{year}-Q{number - 1}" if number > 1 else f"{year - 1}-Q4"


def written_on(entry: Entry) -> date:
    return datetime.fromisoformat(entry["time"]).astimezone().date()


def is_about(entry: Entry) -> date:
    """The day it counts for: of a number, the last day it is about; of a concession, the day it was won."""
    if entry["kind"] == "number said":
        return date.fromisoformat(entry["until"])
    if entry["kind"] in ("concession won", "reform noted"):
        return date.fromisoformat(entry["day"])
    return written_on(entry)


# --- an audit ---------------------------------------------------------------------------------------------


class Sheet:
    """Adds up figures."""

    def __init__(self) -> None:
        self.value: Counter[Name] = Counter()
        self.whole: Counter[Name] = Counter()
        self.entries: dict[Name, list[str]] = defaultdict(list)

    def put(self, section: str, key: str, amount: int, *entries: str, what: str = "", unit: str = "") -> None:
        name = (section, key, what, unit)
        self.value[name] += amount
        self.entries[name] += [each for each in entries if each not in self.entries[name]]

    def share(self, section: str, key: str, part: int, whole: int, *entries: str) -> None:
        self.put(section, key, part, *entries)
        self.whole[section, key, "", ""] += whole

    def together(self, section: str, keys: Iterable[str]) -> None:
        """The sum of some figures of a section."""
        names = [name for name in list(self.value) if name[0] == section and name[1] in keys]
        self.put(section, "all", sum(self.value[name] for name in names))
        found = {entry for name in names for entry in self.entries[name]}
        self.entries[section, "all", "", ""] = sorted(found, key=place_of)

    def figures(self) -> Figures:
        return {
            name: {"value": self.value[name], "per": self.whole.get(name, 1), "entries": self.entries[name]}
            for name in self.value
        }


def place_of(name: str) -> tuple[str, int]:
    device, _, number = name.rpartition("/")
    return device, int(number)


def audit(record: list[Entry], first: date, last: date) -> Figures:
    """All figures of some days, both counted."""
    sheet = Sheet()
    undone: dict[str, str] = {}
    for entry in record:
        if entry["kind"] in ("hours countered", "number countered"):
            undone.setdefault(entry["countered"], entry["id"])
    inside = [entry for entry in record if first <= is_about(entry) <= last]
    taken = [entry for entry in inside if entry["id"] in undone]
    stands = [entry for entry in inside if entry["id"] not in undone]

    def of(*kinds: str) -> Iterator[Entry]:
        return (entry for entry in stands if entry["kind"] in kinds)

    _hours(sheet, of)
    _said_aloud(sheet, of, last)
    _money(sheet, of)
    _circles(sheet, record, of)
    _votes(sheet, record, of)
    _duties(sheet, record, first, last)
    _people(sheet, of)
    for entry in taken:
        by = undone[entry["id"]]
        match entry["kind"]:
            case "hours swapped":
                sheet.put("undone", "hours", sum(each["minutes"] for each in entry["receivers"]), entry["id"], by)
            case "commons served":
                sheet.put("undone", "hours", entry["minutes"], entry["id"], by)
            case "number said":
                sheet.put("undone", "numbers", 1, entry["id"], by)
            case "concession won":
                sheet.put("undone", "won", 1, entry["id"], by)
            case "reform noted":
                sheet.put("undone", "reforms", 1, entry["id"], by)
    return sheet.figures()


Of = Callable[..., Iterator[Entry]]


def _hours(sheet: Sheet, of: Of) -> None:
    for entry in of("task done"):
        if entry["minutes"]:
            sheet.put("hours", "tasks", entry["minutes"], entry["id"])
        sheet.put("tasks", "done", 1, entry["id"])
    for entry in of("number said"):
        if entry["measure"] == "hours":
            sheet.put("hours", "said", entry["amount"], entry["id"], what=entry["what"])
    each = commons = 0
    for entry in of("hours swapped"):
        minutes = sum(share["minutes"] for share in entry["receivers"])
        sheet.put("hours", "swapped", minutes, entry["id"], what=entry["work"])
        sheet.put("share", "each", minutes, entry["id"])
        each += minutes
    for entry in of("commons served"):
        sheet.put("hours", "commons", entry["minutes"], entry["id"], what=entry["work"])
        sheet.put("share", "commons", entry["minutes"], entry["id"])
        commons += entry["minutes"]
    for entry in of("commons shared"):
        sheet.put("share", "borne", entry["minutes"] * len(entry["among"]), entry["id"])
    sheet.together("hours", ("tasks", "said", "swapped", "commons"))
    if each + commons:
        both = sheet.entries["share", "each", "", ""] + sheet.entries["share", "commons", "", ""]
        sheet.share("share", "share", commons, each + commons, *sorted(both, key=place_of))


def _said_aloud(sheet: Sheet, of: Of, last: date) -> None:
    for entry in of("number said"):
        if entry["measure"] in ("made", "taken"):
            names = {"what": entry["what"], "unit": entry["unit"]}
            sheet.put("goods", entry["measure"], entry["amount"], entry["id"], **names)
    for kind, section, by in (("concession won", "won", "action"), ("reform noted", "reforms", "by")):
        for entry in of(kind):
            if entry["cents"]:
                sheet.put(section, "worth", entry["cents"], entry["id"], what=entry[by])
            else:
                sheet.put(section, "bare", 1, entry["id"], what=entry[by])
            if not entry["until"] or date.fromisoformat(entry["until"]) >= last:
                sheet.put(section, "holding", 1, entry["id"])
        sheet.together(section, ("worth",))


def _money(sheet: Sheet, of: Of) -> None:
    for entry in of("coin fell", "money given", "wages sliced", "jar counted", "friday closed", "reserve spent"):
        name = entry["id"]
        match entry["kind"]:
            case "coin fell" if entry["cents"] is None:
                sheet.put("moved", "unknown", 1, name)
            case "coin fell":
                sheet.put("moved", "coins", entry["cents"], name)
            case "money given":
                sheet.put("moved", "hands", entry["cents"], name)
            case "wages sliced":
                sheet.put("moved", "wages", entry["cents"], name)
            case "jar counted":
                sheet.put("counts", "difference", entry["cents"] - entry["expected"], name)
                sheet.put("counts", "counted", 1, name)
            case "friday closed":
                sheet.put("given", "spent", entry["spent"], name)
                sheet.put("given", "handed on", sum(part["cents"] for part in entry["handed_on"]), name)
                sheet.put("given", "returned", sum(part["cents"] for part in entry["returned"]), name)
                for bought in entry["funded"]:
                    paid = bought["cents"] + bought["aside"]
                    sheet.put("bought", "project", paid, name, what=bought["title"])
            case "reserve spent":
                sheet.put("bought", "reserve", entry["cents"], name, what=entry["words"])
    sheet.together("moved", ("wages", "hands", "coins"))
    sheet.together("given", ("spent", "handed on", "returned"))
    sheet.together("bought", ("project", "reserve"))


def _circles(sheet: Sheet, record: list[Entry], of: Of) -> None:
    there: dict[int, int] = {}
    names: list[str] = []
    for entry in of("circle opened"):
        sheet.put("circles", "held", 1, entry["id"])
        there[entry["circle"]] = len(entry["roll"])
    for entry in record:
        if entry["kind"] == "circle joined" and entry["circle"] in there:
            there[entry["circle"]] += 1
            names.append(entry["id"])
        elif entry["kind"] == "circle opened" and entry["circle"] in there:
            names.append(entry["id"])
    if there:
        middle = Fraction(statistics.median(there.values()))
        sheet.put("circles", "people", middle.numerator, *names)
        sheet.whole["circles", "people", "", ""] = middle.denominator
    for kind, key in (("task taken", "taken"), ("task dropped", "dropped")):
        for entry in of(kind):
            sheet.put("tasks", key, 1, entry["id"])


OUTCOMES = ("carried", "waits", "not carried", "tied", "too few")


def _votes(sheet: Sheet, record: list[Entry], of: Of) -> None:
    rolls = {entry["id"]: len(entry["roll"]) for entry in record if entry["kind"] == "round opened"}
    for entry in of("round closed"):
        name, pressed, counts = entry["id"], entry["pressed"], entry["counts"]
        sheet.put("votes", entry["outcome"], 1, name)
        sheet.share("votes", "part", pressed, rolls[entry["round"]], name)
        if counts is None or pressed < 5:
            sheet.put("dissent", "untold", 1, name)
            continue
        alike = pressed in (counts["yes"], counts["no"])
        sheet.put("dissent", "none" if alike else "some", 1, name)
        sheet.share("dissent", "noes", counts["no"], pressed, name)
    for entry in of("round voided"):
        if entry["round"] in rolls:  # else it was a Friday, or a round of approvals
            sheet.put("votes", "void", 1, entry["id"])
    sheet.together("votes", (*OUTCOMES, "void"))
    for entry in of("dissent counted"):
        key = {True: "five quiet", False: "five loud", None: "five lost"}[entry["quiet"]]
        sheet.put("dissent", key, 1, entry["id"])
    for entry in of("decision reviewed"):
        sheet.put("reviews", "true" if entry["came_true"] else "not true", 1, entry["id"])
        if entry["stands"]:
            sheet.put("reviews", "stands", 1, entry["id"])


def duty_of(entry: Entry) -> str:
    return str(entry["duty"]) if entry["fund"] == "jar" else f"{entry['duty']} ({entry['fund']})"


def _duties(sheet: Sheet, record: list[Entry], first: date, last: date) -> None:
    terms: dict[str, str] = {}
    for entry in record:
        if entry["kind"] != "duty handed over":
            continue
        duty, day, until = duty_of(entry), written_on(entry), terms.get(duty_of(entry))
        terms[duty] = entry["until"]
        if not first <= day <= last:
            continue
        sheet.put("duties", "turned", 1, entry["id"], what=duty)
        late = days_late(date.fromisoformat(until), day) if until and entry["leaving"] else 0
        if late:
            sheet.put("duties", "late", late, entry["id"], what=duty)
    sheet.together("duties", ("turned",))


def days_late(until: date, day: date) -> int:
    """From the last day of the term; nothing before the second day from Monday to Friday after it."""
    days = [until + timedelta(days=passed) for passed in range(1, (day - until).days + 1)]
    return len(days) if sum(each.isoweekday() < 6 for each in days) > 1 else 0


def _people(sheet: Sheet, of: Of) -> None:
    for entry in of("shop founded"):
        sheet.put("people", "came", len(entry["founders"]), entry["id"])
    for kind, key in (("member joined", "came"), ("member returned", "back"), ("member left", "left")):
        for entry in of(kind):
            sheet.put("people", key, 1, entry["id"])
    for entry in of("report held"):
        sheet.put("held", "held", 1, entry["id"], what=entry["report"])


def ledger(record: list[Entry], quarter: str) -> dict[str, Figures]:
    """By column: the three months, the quarter, the quarter before, and all so far."""
    columns = [*months_in(quarter), quarter, quarter_before(quarter)]
    found = {period: audit(record, *days_of(period)) for period in columns}
    so_far = audit(record, date.min, days_of(quarter)[1])
    found["so far"] = {name: {**figure, "entries": []} for name, figure in so_far.items()}
    return found


# --- an autopsy -------------------------------------------------------------------------------------------

MANY_HANDS = (
    "member joined",
    "member returned",
    "member left",
    "badge added",
    "badge revoked",
    "photo attached",
    "duty began",
    "duty ended",
    "wages sliced",
    "rest decided",
    "reserve spent",
    "tool shelved",
    "tool gone",
    "report held",
    "inversion started",
    "inversion reviewed",
)
NUMBERS = ("number said", "concession won", "reform noted", "number countered")


def done_by(entry: Entry) -> Iterator[tuple[str, list[str]]]:
    """What was done for all with this entry, and by whom."""
    kind = entry["kind"]
    if kind == "circle opened":
        yield "opening the circle", [entry["opener"]] if entry["opener"] else []
    if kind == "project proposed":
        yield "proposing", [entry["proposer"]]
    if kind == "project seconded":
        yield "seconding", [entry["handle"]]
    if kind in ("round opened", "downside argued"):
        yield "arguing the downside", [entry["against"]]
    if kind == "duty handed over":
        yield f"duty: {duty_of(entry)}", [entry["coming"]]
    if kind in NUMBERS:
        yield "saying numbers", [entry["teller"]]
    if entry.get("witness"):
        yield "standing witness", [entry["witness"]]
    if kind == "jar counted":
        yield "counting the jar", entry["hands"]
    if kind == "record restored":
        yield "tending the kiosk", entry["hands"]
    if kind == "charter changed":
        yield "changing the charter", entry["hands"]
    if kind in ("record restored", "charter changed"):
        yield "lending hands", entry["hands"]
    hands: list[str] = []
    if kind in MANY_HANDS:
        hands = [each for each in entry["hands"] if each != entry.get("handle", "")]
    if kind == "hours countered" and entry["how"] == "hands":
        hands = [each for each in entry["by"] if each not in entry["moves"]]
    if hands:
        yield "lending hands", hands


def quarter_of(entry: Entry) -> str:
    day = datetime.fromisoformat(entry["time"]).astimezone(UTC).date()
    return f"{day.year}-Q{(day.month + 2) // 3}"


def autopsy(record: list[Entry], quarter: str) -> dict[str, Any]:
    """All that an autopsy tells of a quarter: its routines, its swaps, and what was said and tried about them."""
    swapped = swaps(record, quarter)
    named = [entry["work"] for entry in record if entry["kind"] == "work named"]
    enough = swapped.total() >= 30
    return {
        "routines": routines(record, quarter),
        "swaps": dict(swapped),
        "missing": {work for work in (*WORK, *named) if work not in swapped} if enough else set(),
        "benefits": [
            {"routine": entry["routine"], "words": entry["words"]}
            for entry in record
            if entry["kind"] == "benefit said" and entry["period"] == quarter
        ],
        "inversions": list(inversions(record, quarter)),
    }


WORK = ("repair", "childcare", "translation", "bookkeeping", "cooking", "care", "driving", "teaching")
"""The kinds of work that every shop has, without "other": nobody misses that."""


def inversions(record: list[Entry], quarter: str) -> Iterator[dict[str, Any]]:
    """What was turned round, until when in the end, and what came of it each time that it was asked."""
    for entry in record:
        if entry["kind"] != "inversion started" or entry["period"] != quarter:
            continue
        came = [
            {"words": each["words"], "until": each["until"]}
            for each in record
            if each["kind"] == "inversion reviewed" and each["inversion"] == entry["id"]
        ]
        days = [entry["until"], *(each["until"] for each in came if each["until"])]
        told = {key: entry[key] for key in ("routine", "words")}
        yield told | {"entry": entry["id"], "until": days[-1], "came": came}


def routines(record: list[Entry], quarter: str) -> dict[str, dict[str, Any]]:
    """By routine: how often it was done, by whom how often, the busiest one's per mille of all times, as if by how
    many, in tenths; and the same in the quarter before."""
    found = _routines(record, quarter)
    earlier = _routines(record, quarter_before(quarter))
    return {
        routine: {
            "times": times,
            "people": sorted(people.items(), key=lambda each: (-each[1], each[0])),
            "busiest": max(people.values(), default=0) * 1000 // times,
            "as_if": as_if(people),
            "earlier": as_if(earlier[routine][1]) if routine in earlier else 0,
        }
        for routine, (times, people) in found.items()
    }


def _routines(record: list[Entry], quarter: str) -> dict[str, tuple[int, Counter[str]]]:
    times: Counter[str] = Counter()
    people: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in record:
        if quarter_of(entry) == quarter:
            for routine, who in done_by(entry):
                times[routine] += 1
                people[routine].update(who)
    return {routine: (times[routine], people[routine]) for routine in times}


def as_if(people: Counter[str]) -> int:
    """As many as would have done it all alike: 1 ÷ the sum of the squares of their shares. Tenths, halves up."""
    whole = sum(people.values())
    if not whole:
        return 0
    exact = 1 / sum(Fraction(count, whole) ** 2 for count in people.values())
    return int(exact * 10 + Fraction(1, 2))


def swaps(record: list[Entry], quarter: str) -> Counter[str]:
    """How often each kind of work was swapped or given to the commons, taken back or not."""
    kinds = ("hours swapped", "commons served")
    return Counter(entry["work"] for entry in record if entry["kind"] in kinds and quarter_of(entry) == quarter)


# --- the script -------------------------------------------------------------------------------------------


def listed(figures: Figures) -> list[dict[str, Any]]:
    keys = ("section", "key", "what", "unit")
    return [dict(zip(keys, name, strict=True)) | figure for name, figure in figures.items()]


def main() -> None:
    try:
        report, period = sys.argv[1:]
        days_of(period)
    except (ValueError, IndexError):
        sys.exit(__doc__)
    record = [json.loads(line) for line in sys.stdin]
    told: Any
    match report:
        case "audit":
            told = listed(audit(record, *days_of(period)))
        case "ledger":
            told = {column: listed(figures) for column, figures in ledger(record, period).items()}
        case "autopsy":
            told = autopsy(record, period)
            told["missing"] = sorted(told["missing"])
        case _:
            sys.exit(__doc__)
    print(json.dumps(told, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
