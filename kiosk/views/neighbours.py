"""Neighbours as a screen shows them: cards and letters as codes, linking, the accounts, and what they tell."""

from collections.abc import Mapping
from typing import NamedTuple

from kiosk.amounts import STEP, Moment, elapsed
from kiosk.faces import (
    Bar,
    Choice,
    DialFace,
    Face,
    HomeFace,
    Line,
    ListFace,
    Point,
    SealFace,
    ShelfFace,
    TapFace,
    TilesFace,
    ToolLine,
    TroubleFace,
)
from kiosk.letters import Card, read_card
from kiosk.rules.mending import open_stories
from kiosk.rules.neighbours import MOST_MINUTES, room_with
from kiosk.state import Neighbour
from kiosk.tongue import later, phrase, plural
from kiosk.views.between import waiting_on_wall
from kiosk.views.neighbour_alarms import SILENT
from kiosk.views.scene import Scene, frame, icon, paged
from kiosk.views.witness import seals_known, template_changed
from kiosk.visit import neighbour_places as places
from kiosk.visit.guests import most
from kiosk.visit.neighbours import STEP_OF_LIMIT
from kiosk.visit.places import Visit
from kiosk.words import by_day, capital, duration, some, when, work_word

ROWS, LINES = 4, 4
"""Neighbours on one page; and of what one of them told."""

DAY = 86_400_000


def account_words(neighbour: Neighbour, scene: Scene) -> str:
    """How the account with a neighbour stands."""
    minutes = scene.state.balance(neighbour.account)
    if not minutes:
        return phrase("we are even")
    if minutes > 0:
        return phrase("they gave us {time} more", time=duration(minutes))
    return phrase("they got {time} more from us", time=duration(-minutes))


def _here(scene: Scene) -> tuple[Neighbour, ...]:
    return tuple(each for each in scene.state.neighbours.values() if not each.parted)


# --- who they are -----------------------------------------------------------------------------------------


def neighbours(visit: Visit, place: places.Neighbours, scene: Scene) -> Face:
    """All neighbours, what we share with them, and our card for a new one."""
    here = _here(scene)
    if not here:
        return _nobody_yet(visit, scene)
    shown, page = paged(here, place.page, ROWS)
    return ShelfFace(
        frame=frame(visit, scene, phrase("Neighbours")),
        lines=tuple(_row(each, scene) for each in shown),
        choices=(
            Choice("between", phrase("what we share"), "people-several", tone="strong"),
            Choice("card", phrase("our card"), "card"),
        ),
        page=page,
        words=template_changed(_here(scene), scene)
        or phrase("To link: scan a shop’s card here, and show ours there."),
    )


def _row(neighbour: Neighbour, scene: Scene) -> ToolLine:
    return ToolLine(
        key=f"neighbour:{neighbour.name}",
        name=neighbour.name,
        told=_hint(neighbour, scene),
        standing="out",
        icon="commons",
    )


GOOD = (
    ("swap", later("swap hours there"), later("by your own badge")),
    ("jar", later("hold out together"), later("a strike fund")),
    ("list", later("order together"), later("one call, one total")),
    ("board", later("lend tools"), later("and find what we lack")),
    ("voice", later("hear of each other"), later("news, decisions")),
)
"""What a neighbour is good for: a picture, words, and a word more."""


def _nobody_yet(visit: Visit, scene: Scene) -> Face:
    """What a neighbour is good for, and the first step to one."""
    first = Choice("card", phrase("our card"), "card", hint=phrase("the first step"), tone="strong")
    return TilesFace(
        frame=frame(visit, scene, phrase("Neighbours")),
        choices=(
            first,
            *(
                Choice(key=f"good:{icon_}", words=phrase(words), icon=icon_, hint=phrase(more))
                for icon_, words, more in GOOD
            ),
        ),
        words=phrase("No shop is linked yet. Show another shop your card, and scan theirs here."),
    )


def _hint(neighbour: Neighbour, scene: Scene) -> str:
    if open_stories(neighbour):
        return phrase("two different stories")
    return account_words(neighbour, scene)


def one_neighbour(visit: Visit, place: places.OneNeighbour, scene: Scene) -> Face:
    """The account with a neighbour, and what can be done."""
    found = scene.state.neighbours.get(place.name)
    if found is None or found.parted:
        return _gone(visit, scene, place.name)
    tiles = (
        _swaps_there(visit, found) if not open_stories(found) else _stories(),
        Choice(key="letters", words=phrase("letters by code"), icon="card", hint=_letters_hint(found)),
        Choice(key="news", words=phrase("what they tell"), icon="board"),
        Choice(key="part", words=phrase("part from them"), icon="door"),
    )
    return HomeFace(
        frame=frame(visit, scene, place.name),
        bar=_bar(found, scene, capital(account_words(found, scene))),
        tiles=tiles,
        footer=" ".join((_room(found, scene), _line(found, scene))),
    )


def _stories() -> Choice:
    hint = phrase("look at both, and say which goes on")
    return Choice("stories", phrase("two stories"), icon="warning", hint=hint)


def _swaps_there(visit: Visit, neighbour: Neighbour) -> Choice:
    if visit.who in neighbour.there:
        hint = phrase("my badge is known there")
        return Choice(key="no more", words=phrase("I swap there no more"), icon="badge-lost", hint=hint)
    hint = phrase("so that my badge is known there")
    return Choice(key="swap there", words=phrase("I swap there"), icon="swap", hint=hint, tone="hours")


def _letters_hint(neighbour: Neighbour) -> str:
    count = len(neighbour.waiting)
    return plural("{n} waits", "{n} wait", count) if count else ""


def _bar(neighbour: Neighbour, scene: Scene, words: str, *, moved: int = 0) -> Bar:
    """The account from the middle: to the right what they gave us."""
    minutes, limit = scene.state.balance(neighbour.account), max(neighbour.limit, STEP)
    return Bar(minutes, soft=limit, hard=limit, words=words, after=minutes + moved if moved else None)


def _room(neighbour: Neighbour, scene: Scene) -> str:
    left = room_with(neighbour, scene.state)
    return phrase(
        "They can still get {got} and give {given}.", got=duration(left.they_get), given=duration(left.they_give)
    )


def _line(neighbour: Neighbour, scene: Scene) -> str:
    if scene.street.is_open(neighbour.name):
        return phrase("The line is open.")
    if neighbour.heard is None:
        return phrase("Nothing has come from them yet.")
    return phrase("Last heard {time}.", time=when(neighbour.heard, scene.now))


def _gone(visit: Visit, scene: Scene, shop: str) -> Face:
    words = phrase("{shop} is no neighbour of this shop", shop=shop)
    return TroubleFace(frame=frame(visit, scene, ""), words=words, mend="")


def their_news(visit: Visit, place: places.TheirNews, scene: Scene) -> Face:
    """What a neighbour told, the newest first, and what hangs on its board."""
    found = scene.state.neighbours.get(place.name)
    if found is None:
        return _gone(visit, scene, place.name)
    lines, page = paged((*_hung(found), *_told(found, scene)), place.page, LINES)
    return ListFace(
        frame=frame(visit, scene, place.name),
        lines=lines,
        page=page,
        empty=phrase("They have told nothing yet."),
    )


_SIDES: Mapping[str, str] = {"need": later("they need"), "offer": later("they offer")}
_NEWS: Mapping[str, str] = {"decision": later("decided"), "report": later("a report"), "word": later("a word")}


def _hung(neighbour: Neighbour) -> tuple[Line, ...]:
    return tuple(
        Line("", each.words, "", phrase(_SIDES[each.side]), by_day(each.until), icon=each.side)
        for each in reversed(tuple(neighbour.board.values()))
    )


def _told(neighbour: Neighbour, scene: Scene) -> tuple[Line, ...]:
    return tuple(
        Line("", each.words, "", phrase(_NEWS.get(each.of, _NEWS["word"])), _at(each.at, scene), icon="info")
        for each in reversed(neighbour.news)
    )


def _at(wall: int, scene: Scene) -> str:
    return when(Moment(wall=wall, mono=0, boot=""), scene.now)


# --- codes ------------------------------------------------------------------------------------------------


def our_card(visit: Visit, place: places.OurCard, scene: Scene) -> Face:
    """Our card, for the scanner of another kiosk."""
    codes = scene.street.card()
    if not codes:
        words, mend = (
            phrase("Our card can’t be written now"),
            phrase("Whoever tends the kiosk finds why in its log."),
        )
        return TroubleFace(frame=frame(visit, scene, ""), words=words, mend=mend, icon="card")
    return _as_seal(
        visit,
        scene,
        codes,
        place.at,
        _Said(
            phrase("Our card"),
            phrase("Hold this before the scanner of the other kiosk; and scan their card here."),
            phrase(
                "It says what we are called, and how our letters are signed. Only many hands can link two shops."
            ),
        ),
    )


def letters_out(visit: Visit, place: places.LettersOut, scene: Scene) -> Face:
    """Our letters to a neighbour, for the scanner of its kiosk."""
    found = scene.state.neighbours.get(place.name)
    codes = scene.street.letters(found) if found else ()
    if not codes:
        words = phrase("No letters to {shop}", shop=place.name)
        mend = phrase("There is nothing that it has not got.")
        return TroubleFace(frame=frame(visit, scene, ""), words=words, mend=mend, icon="check")
    said = _Said(
        phrase("Letters to {shop}", shop=place.name),
        phrase("Photograph each code, and hold the photos before the scanner of their kiosk."),
        phrase("In any order, and also twice: nothing counts more than once."),
    )
    return _as_seal(visit, scene, codes, place.at, said)


class _Said(NamedTuple):
    title: str
    words: str
    how: str


def _as_seal(visit: Visit, scene: Scene, codes: tuple[str, ...], at: int, said: _Said) -> SealFace:
    this, of_all = at % len(codes), len(codes)
    following = Choice(key="next", words=phrase("the next code"), icon="arrow-right", tone="strong")
    return SealFace(
        frame=frame(visit, scene, said.title),
        code=codes[this],
        entries=phrase("Code {this} of {of_all}", this=this + 1, of_all=of_all)
        if of_all > 1
        else phrase("One code"),
        when="",
        words=said.words,
        how=said.how,
        choices=(following,) if of_all > 1 else (),
    )


def scanning(visit: Visit, place: places.Scanning, scene: Scene) -> Face:
    """Which codes are still missing."""
    pieces, missing = place.pieces, place.pieces.missing()
    words = phrase("{this} of {of_all} codes so far", this=pieces.of - len(missing), of_all=pieces.of)
    mend = phrase("Now one of the others, in any order.") if len(missing) > 1 else phrase("Now the other code.")
    return TroubleFace(frame=frame(visit, scene, ""), words=words, mend=mend, icon="card")


# --- linking and parting ----------------------------------------------------------------------------------


def how_far(visit: Visit, place: places.HowFar, scene: Scene) -> Face:
    """How far the account with a new neighbour may go."""
    time = duration(place.minutes)
    words = phrase("Neither shop gets more than {time} ahead of the other.", time=time)
    return DialFace(
        frame=frame(visit, scene, phrase("{shop} wants to link", shop=_shop(place.card)), dots=(1, 2)),
        amount=time,
        bar=Bar(0, soft=place.minutes, hard=place.minutes, words=words),
        prompt=phrase("now {number} of you tap", number=some(scene.state.hands_needed())),
        less=place.minutes > STEP_OF_LIMIT,
        more=place.minutes < MOST_MINUTES,
        step=STEP_OF_LIMIT,
        icon="commons",
    )


def _shop(text: str) -> str:
    card = read_card(text)
    return card.shop if isinstance(card, Card) else ""


def link_taps(visit: Visit, place: places.LinkTaps, scene: Scene) -> Face:
    """Many hands link."""
    words = phrase(
        "From then on members swap across both shops, up to {time} either way.", time=duration(place.minutes)
    )
    title = phrase("{shop} wants to link", shop=_shop(place.card))
    return _hands(visit, scene, place.taps, title, words)


def part_taps(visit: Visit, place: places.PartTaps, scene: Scene) -> Face:
    """Many hands part."""
    title = phrase("Parting from {shop}", shop=place.name)
    return _hands(
        visit, scene, place.taps, title, phrase("The account is at zero. Nothing is sent to them any more.")
    )


def _hands(visit: Visit, scene: Scene, taps: tuple[tuple[str, object], ...], title: str, words: str) -> TapFace:
    needed = scene.state.hands_needed()
    first = capital(phrase("{number} of you tap", number=some(needed)))
    return TapFace(
        frame=frame(visit, scene, title, dots=(2, 2)),
        prompt=phrase("the next one taps") if taps else first,
        words=words,
        dots_filled=len(taps),
        dots=needed,
        names=tuple(handle for handle, _ in taps),
        icon="commons",
    )


# --- visitors ---------------------------------------------------------------------------------------------


def swap_there(visit: Visit, place: places.SwapThere, scene: Scene) -> Face:
    """Which badge somebody uses at a neighbour's kiosk, or no more."""
    if place.ends:
        return TapFace(
            frame=frame(visit, scene, phrase("I swap at {shop} no more", shop=place.name)),
            prompt=phrase("Tap your badge"),
            words=phrase("{shop} hears of it. It opens nothing there any more.", shop=place.name),
            choices=(Choice(key="turn round", words=phrase("I do swap there"), icon="swap"),),
            icon="badge-lost",
        )
    return TapFace(
        frame=frame(visit, scene, phrase("I swap at {shop}", shop=place.name)),
        prompt=phrase("Tap the badge that you take along"),
        words=phrase(
            "Your name goes to {shop}. The badge’s number stays secret between both kiosks.", shop=place.name
        ),
        choices=(Choice(key="turn round", words=phrase("I swap there no more"), icon="badge-lost"),),
        icon="badge",
    )


def guest_dial(visit: Visit, place: places.GuestDial, scene: Scene) -> Face:
    """How long a guest worked for one of ours."""
    guest = place.guest
    name = phrase("{name} of {shop}", name=guest.handle, shop=guest.shop)
    found = scene.state.neighbours.get(guest.shop)
    if found is None or found.parted:
        return _gone(visit, scene, guest.shop)
    return DialFace(
        frame=frame(
            visit, scene, phrase("{giver} gave {work}", giver=name, work=work_word(place.work)), dots=(2, 3)
        ),
        amount=duration(place.minutes),
        bar=_bar(found, scene, _room(found, scene), moved=place.minutes),
        prompt=phrase("now the one who got it taps"),
        less=place.minutes > STEP,
        more=place.minutes + STEP <= most(guest, scene.state),
        icon=icon(place.work),
    )


# --- on the wall ------------------------------------------------------------------------------------------


def news_on_wall(scene: Scene) -> tuple[Point, ...]:
    """Of how many neighbours there is news, with the latest words; then the latest of each other one."""
    here = _here(scene)
    if not here:
        return ()
    told = sorted(
        ((each.news[-1], each.name) for each in here if each.news), key=lambda pair: pair[0].at, reverse=True
    )
    waits = tuple(Point(words, more, mark="need") for words, more in waiting_on_wall(scene))
    latest = phrase("{name}: {said}", name=told[0][1], said=told[0][0].words) if told else ""
    if waits:
        # What is asked of us comes first: on a small wall there is room for one line.
        latest = waits[0].words
    rest = told if waits else told[1:]
    others = (
        Point(each.words, phrase("{shop}, {time}", shop=name, time=_at(each.at, scene))) for each, name in rest
    )
    return (Point(_heard_of(here, scene), latest, mark="commons"), *waits, *seals_known(scene), *others)


def _heard_of(here: tuple[Neighbour, ...], scene: Scene) -> str:
    ages = [elapsed(each.heard, scene.now) for each in here if each.heard]
    fresh = [age for age in ages if age <= SILENT]
    if not fresh:
        return plural("nothing heard of our neighbour", "nothing heard of our {n} neighbours", len(here))
    days = max(fresh) // DAY
    return plural(
        "news from our neighbour, {oldest}",
        "news from {some} of {n} neighbours, {oldest}",
        len(here),
        some=len(fresh),
        oldest=plural("oldest {n} day", "oldest {n} days", days) if days else phrase("all of today"),
    )
