"""The reflection potluck as the room sees it: what was said, then the numbers one by one, large."""

from kiosk.events import AnyEvent, PotluckSaid
from kiosk.faces import Choice, Face, Frame, PotluckFace
from kiosk.figures import Audit, Figure
from kiosk.rules.potluck import LONGEST_SAID
from kiosk.tongue import phrase, plural
from kiosk.views import figures
from kiosk.views.buttons import key_choices, picking, writing
from kiosk.views.scene import Scene, frame
from kiosk.visit.ground import Surroundings
from kiosk.visit.places import Visit
from kiosk.visit.potluck import can_be_held
from kiosk.visit.potluck_places import Potluck, PotluckWords
from kiosk.visit.rows import voiced, words
from kiosk.words import capital, period_word

SHORT = 3
"""Numbers up to which all of a section are read; of a longer one those that its parts come to."""

ENTRIES = 6
"""Entries of a number that are named on the screen; all of them are on the sheet."""


def told(audit: Audit | None) -> tuple[Figure, ...]:
    """The numbers of a month that are read aloud, in the order of the sheet; nothing where there is nothing."""
    return tuple(figure for section in (audit.sections if audit else ()) for figure in _of(section.figures))


def _of(found: tuple[Figure, ...]) -> tuple[Figure, ...]:
    some = tuple(figure for figure in found if figure.value)
    sums = tuple(figure for figure in some if figure.standing != "part")
    return some if len(some) <= SHORT or not sums else sums


def potluck(visit: Visit, place: Potluck, scene: Scene) -> Face:
    """The part of the evening that is on."""
    title = phrase("Reflection potluck, {period}", period=period_word(place.period))
    around = frame(visit, scene, title, back=False)
    if place.part in ("success", "failure"):
        return _said(place, around, scene)
    numbers = told(scene.audit)
    if place.part == "figures":
        return _figure(place, around, numbers, scene)
    return _end(place, around, numbers, scene)


def _kept(place: Potluck, side: str, scene: Scene) -> tuple[str, ...]:
    """What was said of one side, the latest first."""
    said = (words for of, words in scene.state.potlucks.get(place.period, ()) if of == side)
    return tuple(capital(voiced(words)) for words in reversed(tuple(said)))


def _said(place: Potluck, around: Frame, scene: Scene) -> PotluckFace:
    success = place.part == "success"
    said = _kept(place, place.part, scene)
    return PotluckFace(
        frame=around,
        head=phrase("What went well?") if success else phrase("What went wrong?"),
        sayings=said,
        empty=phrase("Say it aloud. What should stay is noted, without a name."),
        icon="check" if success else "undo",
        choices=key_choices(place, on=phrase("what went wrong") if success else phrase("the numbers")),
    )


def _figure(place: Potluck, around: Frame, numbers: tuple[Figure, ...], scene: Scene) -> PotluckFace:
    choices = key_choices(place, voice=phrase("read aloud"), back=phrase("before"))
    if not numbers:
        counting = phrase("Still counting. The numbers of this month are here in a minute.")
        nothing = phrase("The record tells no numbers of this month.") if scene.audit else counting
        return PotluckFace(frame=around, head=phrase("The numbers"), empty=nothing, choices=choices)
    found = numbers[min(place.at, len(numbers) - 1)]
    said = figures.said(found)
    sections = scene.audit.sections if scene.audit else ()
    titles = [figures.title_of(each) for each in sections if each.key == found.section]
    return PotluckFace(
        frame=around,
        head="".join(titles),
        value=said.value,
        words=capital(said.words),
        more=said.more,
        entries=_entries(found),
        at=(min(place.at, len(numbers) - 1) + 1, len(numbers)),
        choices=choices,
    )


def _entries(found: Figure) -> str:
    """From which entries a number comes."""
    if not found.entries:
        return ""
    named = ", ".join(found.entries[:ENTRIES])
    left = len(found.entries) - ENTRIES
    if left <= 0:
        return plural("from entry {named}", "from entries {named}", len(found.entries), named=named)
    return plural("from {named} and {n} entry more", "from {named} and {n} entries more", left, named=named)


def _end(place: Potluck, around: Frame, numbers: tuple[Figure, ...], scene: Scene) -> PotluckFace:
    held = not can_be_held(scene.state, place.period, Surroundings(scene.state, scene.now, scene.find))
    successes, failures = len(_kept(place, "success", scene)), len(_kept(place, "failure", scene))
    return PotluckFace(
        frame=around,
        head=phrase("That was {period}", period=period_word(place.period)),
        sayings=(
            plural("{n} thing that went well", "{n} things that went well", successes),
            plural("{n} thing that went wrong", "{n} things that went wrong", failures),
            plural("{n} number read", "{n} numbers read", len(numbers)),
        ),
        choices=tuple(_ends(place, held=held)),
    )


def _ends(place: Potluck, *, held: bool) -> tuple[Choice, ...]:
    choices = key_choices(place, held=phrase("it was held"), done=phrase("not yet"), back=phrase("before"))
    if not held:
        return choices
    done = key_choices(place, held="", done=phrase("done"), back=phrase("before"))
    return tuple(each for each in done if each.key != "held")


def potluck_words(visit: Visit, place: PotluckWords, scene: Scene) -> Face:
    """Picked or written; no name is asked for."""
    asked = phrase("What went well?") if place.side == "success" else phrase("What went wrong?")
    if place.text is not None:
        return writing(visit, scene, asked, place.text, LONGEST_SAID)
    return picking(visit, place, scene, asked, tuple(voiced(each) for each in words(scene.state)), place.at)


def about_the_potluck(event: AnyEvent) -> str:
    """What an entry says; "" for all others."""
    match event:
        case PotluckSaid(period=period, side="success", words=said):
            return phrase("What went well in {period}: {words}.", period=period_word(period), words=voiced(said))
        case PotluckSaid(period=period, words=said):
            return phrase("What went wrong in {period}: {words}.", period=period_word(period), words=voiced(said))
    return ""
