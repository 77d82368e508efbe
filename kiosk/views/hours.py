"""A visit's own page, the swap from kind to receipt, and what I booked."""

from kiosk.amounts import elapsed, split
from kiosk.events import HOURS, Entry, moves
from kiosk.faces import (
    Bar,
    BookedFace,
    Choice,
    DialFace,
    EntryFace,
    Face,
    HomeFace,
    ListFace,
    TapFace,
    TilesFace,
    TroubleFace,
    TypeFace,
)
from kiosk.rules.clocking import measured
from kiosk.rules.held import to_hold
from kiosk.rules.hours import LONGEST_NOTE, room
from kiosk.rules.taking_back import parties, undoable
from kiosk.rules.work import LONGEST_WORK
from kiosk.tongue import phrase, plural
from kiosk.views.circle import circle_line
from kiosk.views.fitting import short
from kiosk.views.keeping import owing
from kiosk.views.lines import line, lines, sentence
from kiosk.views.scene import Scene, bar, frame, icon, paged, work_choices
from kiosk.visit.entries import REASONS, named
from kiosk.visit.ground import Surroundings
from kiosk.visit.places import (
    AskGiver,
    ChooseWork,
    Dial,
    Done,
    Errand,
    Home,
    MyEntries,
    NameWorkPlace,
    OneEntry,
    Together,
    Visit,
    WhyCounter,
    WriteNote,
    WriteReason,
)
from kiosk.visit.swapping import latest_undoable
from kiosk.words import balance, capital, duration, local, names, period_word, person, signed, some, when, work_word

TILES = 9
"""Kinds of work on one page."""

LINES = 4
"""Entries on one page."""


# --- one's own page ---------------------------------------------------------------------------------------


def home(visit: Visit, place: Home, scene: Scene) -> Face:
    """What somebody can do here, the likeliest first."""
    return HomeFace(
        frame=frame(visit, scene, visit.who, back=False),
        bar=bar(scene, visit.who, words=balance(scene.state.balance(visit.who))),
        tiles=tuple(_tiles(visit, scene)),
        footer=_footer(visit, scene),
    )


def _tiles(visit: Visit, scene: Scene) -> list[Choice]:
    member = scene.state.members[visit.who]
    running = member.clock is not None
    tiles = [Choice(key="swap", words=phrase("swap hours"), icon="swap", tone="plain" if running else "hours")]
    if member.clock is not None:
        since = when(member.clock.since, scene.now)
        stop = Choice(
            key="clock",
            words=phrase("stop the clock"),
            icon="clock",
            hint=phrase("{work} since {time}", work=work_word(member.clock.work), time=since),
            tone="hours",
        )
        tiles.insert(0, stop)
    if member.standing == "away":
        tiles.append(Choice(key="back again", words=phrase("I’m back"), icon="back-again", tone="strong"))
    entry_id = latest_undoable(Surroundings(scene.state, scene.now, scene.find), visit.who)
    found = scene.find(entry_id) if entry_id else None
    if found is not None:
        hint = phrase("{time}, {work}", time=line(found, scene).amount, work=line(found, scene).work)
        tiles.append(Choice(key=f"undo:{entry_id}", words=phrase("undo"), icon="undo", hint=hint))
    tiles += [
        *_owes_a_word(visit, scene),
        *_looking_back(scene),
        Choice(key="jar", words=phrase("the jar"), icon="jar"),
        Choice(key="board", words=phrase("need or offer"), icon="board"),
        Choice(key="entries", words=phrase("what I booked"), icon="list"),
        Choice(key="circle", words=circle_line(scene), icon="people-several"),
        Choice(key="duties", words=phrase("duties"), icon="arrow-right"),
        Choice(key="numbers", words=phrase("numbers"), icon="bookkeeping"),
        Choice(key="people", words=phrase("people"), icon="people"),
    ]
    if any(not each.parted for each in scene.state.neighbours.values()):
        tiles.append(Choice(key="neighbours", words=phrase("neighbours"), icon="commons"))
    return tiles[:MOST_TILES]


MOST_TILES = 9
"""As many as fit; those at the end are also found on the wall."""


def _owes_a_word(visit: Visit, scene: Scene) -> list[Choice]:
    """Whoever got money says what became of it; until then it is the first thing beside the hours."""
    found = owing(scene.state, visit.who)
    if found is None:
        return []
    name, title = found
    return [Choice(key=f"receipt:{name}", words=phrase("receipt"), icon="list", hint=short(title))]


def _looking_back(scene: Scene) -> list[Choice]:
    """At the end of the month, until its potluck was held."""
    period = to_hold(scene.state, "potluck", local(scene.now).date())
    if not period:
        return []
    return [Choice(key="potluck", words=phrase("the potluck"), icon="people-several", hint=period_word(period))]


def _footer(visit: Visit, scene: Scene) -> str:
    left = room(scene.state, visit.who)
    if left.past_soft and scene.state.balance(visit.who) < 0:
        return phrase("You can still get {time}. Giving some back makes room.", time=duration(left.gets_minutes))
    if left.past_soft:
        return phrase(
            "You can still give {time}. Let others give you something.", time=duration(left.gives_minutes)
        )
    return phrase("Tap, choose, and the other one taps. That is all.")


# --- the swap ---------------------------------------------------------------------------------------------


def choose_work(visit: Visit, place: ChooseWork, scene: Scene) -> Face:
    """What kind of work it was."""
    choices, page = paged(work_choices(scene), place.page, TILES)
    extra = (Choice(key="name work", words=phrase("a new word"), icon="plus", tone="quiet"),) if visit.who else ()
    if place.posting is not None:
        needed = place.posting.side == "need"
        title = phrase("What do you need?") if needed else phrase("What do you offer?")
        return TilesFace(frame=frame(visit, scene, title, dots=(1, 3)), choices=choices, extra=extra, page=page)
    return TilesFace(
        frame=frame(visit, scene, phrase("What did you do?"), dots=(1, 3)), choices=choices, extra=extra, page=page
    )


def name_work(visit: Visit, place: NameWorkPlace, scene: Scene) -> Face:
    """A new word for a kind of work."""
    return TypeFace(
        frame=frame(visit, scene, phrase("A new kind of work")),
        label=phrase("One word for it, as you say it here"),
        text=place.text,
        longest=LONGEST_WORK,
        ready=len(place.text.strip()) > 1,
        faint=phrase("such as: beekeeping"),
    )


def ask_giver(visit: Visit, place: AskGiver, scene: Scene) -> Face:
    """The one who gave taps first."""
    return TapFace(
        frame=frame(visit, scene, capital(work_word(place.errand.work)), dots=(1, 3)),
        prompt=phrase("The one who gave taps"),
        words=phrase("Then the one who got it."),
        icon=icon(place.errand.work),
    )


def dial(visit: Visit, place: Dial, scene: Scene) -> Face:
    """How long it was, and who is next."""
    errand = place.errand
    left, charter = room(scene.state, errand.giver), scene.state.charter
    return DialFace(
        frame=frame(visit, scene, _dial_title(errand, scene), dots=(2, 3)),
        amount=duration(errand.minutes),
        bar=bar(scene, errand.giver, moved=errand.minutes, words=_room_words(errand, scene)),
        prompt=_prompt(errand),
        less=errand.minutes > charter.step,
        more=errand.minutes + charter.step <= min(charter.longest, left.gives_minutes),
        step=charter.step,
        extra=_ways_aside(errand),
        taken=_taken(errand),
        warning=_warning(errand, scene),
        book=_book(errand),
        icon=icon(errand.work),
    )


def _dial_title(errand: Errand, scene: Scene) -> str:
    clock, charter = scene.state.members[errand.giver].clock, scene.state.charter
    if errand.clocked and clock is not None and measured(clock, scene.now, charter) is None:
        return phrase("You began {time}. How long was it?", time=when(clock.since, scene.now))
    if errand.mode == "commons":
        return phrase("{giver} gave the commons {work}", giver=errand.giver, work=work_word(errand.work))
    return phrase("{giver} gave {work}", giver=errand.giver, work=work_word(errand.work))


def _room_words(errand: Errand, scene: Scene) -> str:
    minutes = scene.state.balance(errand.giver)
    left = room(scene.state, errand.giver).gives_minutes - errand.minutes
    return phrase(
        "{giver} {before} → {after} · room for {time} more",
        giver=errand.giver,
        before=signed(minutes),
        after=signed(minutes + errand.minutes),
        time=duration(left),
    )


def _prompt(errand: Errand) -> str:
    if errand.old:
        return phrase("first say how long it was")
    if errand.mode == "commons":
        return phrase("now a witness taps")
    if errand.mode == "several":
        return phrase("the next one taps") if errand.receivers else phrase("now all who got it tap")
    return phrase("now the one who got it taps")


def _ways_aside(errand: Errand) -> tuple[Choice, ...]:
    note = Choice(key="note", words=phrase("note"), icon="note", hint=errand.note, tone="quiet")
    if errand.mode != "one":
        return (Choice(key="one", words=phrase("one person"), icon="badge", tone="quiet"), note)
    ways = (
        Choice(key="several", words=phrase("several people"), icon="people-several", tone="quiet"),
        Choice(key="commons", words=phrase("the commons"), icon="commons", tone="quiet"),
        note,
    )
    if errand.clocked:
        return (*ways, Choice(key="drop clock", words=phrase("drop it"), icon="clock-off", tone="quiet"))
    return (*ways, Choice(key="clock", words=phrase("start a clock"), icon="clock", tone="quiet"))


def _taken(errand: Errand) -> tuple[tuple[str, str], ...]:
    if not errand.receivers:
        return ()
    parts = split(errand.minutes, len(errand.receivers))
    return tuple((handle, duration(part)) for (handle, _), part in zip(errand.receivers, parts, strict=True))


def _book(errand: Errand) -> Choice | None:
    if errand.old:
        return Choice(
            key="right", words=phrase("{time} is right", time=duration(errand.minutes)), icon="check", tone="hours"
        )
    if not errand.receivers:
        return None
    return Choice(
        key="book", words=phrase("book {time}", time=duration(errand.minutes)), icon="check", tone="hours"
    )


def _warning(errand: Errand, scene: Scene) -> str:
    after = scene.state.balance(errand.giver) + errand.minutes
    if after <= scene.state.charter.soft_limit:
        return ""
    return phrase(
        "{giver} then has given {time} more than got. Let others give something back.",
        giver=errand.giver,
        time=duration(after),
    )


def write_note(visit: Visit, place: WriteNote, scene: Scene) -> Face:
    """A few words beside the swap."""
    return TypeFace(
        frame=frame(visit, scene, phrase("A note")),
        label=phrase("Anyone can read it"),
        text=place.text,
        longest=LONGEST_NOTE,
        ready=True,
        faint=phrase("such as: the back door, both hinges"),
    )


def done(visit: Visit, place: Done, scene: Scene) -> Face:
    """The receipt: one sentence, both balances, undo."""
    found = scene.find(place.entry)
    if found is None:
        return TroubleFace(frame=frame(visit, scene, "", back=False), words=phrase("It is booked"), mend="")
    left = _undo_left(found.entry, scene) if found.countered_by is None else 0
    return BookedFace(
        frame=frame(visit, scene, phrase("Booked"), dots=(3, 3), back=False, leave=False),
        words=sentence(found.entry),
        bars=_bars(found.entry, scene),
        undo=Choice(key="undo", words=phrase("undo"), icon="undo") if left > 0 else None,
        undo_left=left,
        undo_of=scene.state.charter.undo,
        choices=(Choice(key="done", words=phrase("that’s all"), icon="check", tone="strong"),),
        entry=found.entry.id,
    )


def _undo_left(entry: Entry, scene: Scene) -> int:
    """Whole seconds left to undo; 0 when it is too late, or the time since cannot be known."""
    if not undoable(entry, scene.state, scene.now):
        return 0
    return scene.state.charter.undo - elapsed(entry.moment, scene.now) // 1000


def _bars(entry: Entry, scene: Scene) -> tuple[tuple[str, Bar], ...]:
    shown = list(moves(entry.event))[:3]
    return tuple((person(handle), bar(scene, handle)) for handle in shown)


# --- what I booked ----------------------------------------------------------------------------------------


def my_entries(visit: Visit, place: MyEntries, scene: Scene) -> Face:
    """My entries, newest first."""
    account = scene.state.accounts.get(visit.who)
    shown, page = paged(tuple(reversed(account.recent if account else ())), place.page, LINES)
    return ListFace(
        frame=frame(visit, scene, phrase("What I booked")),
        lines=lines(tuple(reversed(shown)), scene, of=visit.who),
        page=page,
        empty=phrase("Nothing yet. Your first swap will stand here."),
        words=balance(scene.state.balance(visit.who)),
    )


def one_entry(visit: Visit, place: OneEntry, scene: Scene) -> Face:
    """One entry, and how it can be taken back."""
    found = scene.find(place.entry)
    if found is None:
        return TroubleFace(frame=frame(visit, scene, ""), words=phrase("This entry can’t be found"), mend="")
    return EntryFace(
        frame=frame(visit, scene, capital(when(found.entry.moment, scene.now))),
        line=line(found, scene, of=visit.who),
        words=sentence(found.entry),
        choices=_ways_back(found.entry, found.countered_by is not None, scene),
    )


def _ways_back(entry: Entry, taken_back: bool, scene: Scene) -> tuple[Choice, ...]:
    if taken_back or not isinstance(entry.event, HOURS):
        return ()
    left = _undo_left(entry, scene)
    if left > 0:
        minutes, seconds = divmod(left, 60)
        return (
            Choice(
                key="undo",
                words=phrase("undo"),
                icon="undo",
                hint=phrase("{time} left", time=f"{minutes}:{seconds:02d}"),
                tone="strong",
            ),
        )
    needed = scene.state.hands_needed()
    by_hands = Choice(
        key="hands",
        words=phrase("take it back by many hands"),
        icon="people-several",
        hint=phrase("{number} others tap", number=some(needed)),
    )
    if any(scene.state.members[handle].standing == "left" for handle in parties(entry.event)):
        return (by_hands,)
    return (
        Choice(
            key="together", words=phrase("take it back together"), icon="people", hint=phrase("everyone in it taps")
        ),
        by_hands,
    )


_WHY = {"amount": "clock", "person": "people", "twice": "swap", "never": "close"}
"""The picture of each usual reason."""


def why_counter(visit: Visit, place: WhyCounter, scene: Scene) -> Face:
    """Why it is taken back."""
    reasons = tuple(Choice(key=key, words=phrase(words), icon=_WHY[key]) for key, words in REASONS.items())
    return TilesFace(
        frame=frame(visit, scene, phrase("Why is it taken back?"), dots=(1, 2)),
        choices=(*reasons, Choice(key="own words", words=phrase("in other words"), icon="note")),
        words=phrase("The entry stays in the record; a second one points at it."),
    )


def write_reason(visit: Visit, place: WriteReason, scene: Scene) -> Face:
    """The reason in one's own words."""
    return TypeFace(
        frame=frame(visit, scene, phrase("Why is it taken back?")),
        label=phrase("Anyone can read it"),
        text=place.text,
        longest=LONGEST_NOTE,
        ready=bool(place.text.strip()),
    )


def together(visit: Visit, place: Together, scene: Scene) -> Face:
    """All that the entry names tap."""
    found = scene.find(place.entry)
    people = named(found)
    tapped = [handle for handle, _ in place.badges]
    missing = [handle for handle in people if handle not in tapped]
    return TapFace(
        frame=frame(visit, scene, phrase("Take it back together"), dots=(2, 2)),
        prompt=plural("Now {names} taps", "Now {names} tap", len(missing), names=names(missing)),
        words=sentence(found.entry) if found else "",
        dots_filled=len(tapped),
        dots=len(people),
        names=tuple(tapped),
        icon="undo",
    )
