"""What every view is made from, and the frame around an errand."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple, TypeVar

from kiosk import tongue
from kiosk.amounts import Handle, Moment
from kiosk.box import Box
from kiosk.counted import Counted
from kiosk.faces import Alarm, Bar, Choice, Frame, fewer
from kiosk.figures import Audit
from kiosk.invited import Invited
from kiosk.post import ALONE, Street
from kiosk.rules.case import Find
from kiosk.rules.copies import Copies
from kiosk.seal_key import Sealed
from kiosk.state import WORK, State
from kiosk.tongue import again, later, phrase
from kiosk.turns import BoothsThere
from kiosk.views.card import CARD, card_said
from kiosk.visit.places import Idle, Visit
from kiosk.visit.staying import waits
from kiosk.words import signed, work_icon, work_word

T = TypeVar("T")

LAST_SECONDS = 5
"""How long before a visit ends by itself that is shown."""


class DeviceTrouble(NamedTuple):
    """A device that is not well, since when, and what it said of itself."""

    device: str
    state: str
    detail: str
    since: Moment


class Scene(NamedTuple):
    """The present, the moment, the older entries, the shop's name, the devices that are not well, the copies of
    the record, the latest checkpoint that was made to be photographed, the shop's language, how the box is, the
    usual size of type and of reading aloud, what the record tells of the month that is looked back at, what was
    counted of the last month and quarter, what there is for the neighbours, a kiosk that wants to be let in,
    what this one is called in the record, and where else ballots of its vote are taken.
    """

    state: State
    now: Moment
    find: Find
    shop: str
    devices: Mapping[str, DeviceTrouble]
    copies: Copies = Copies()
    sealed: Sealed | None = None
    language: str = tongue.ENGLISH
    box: Box = Box()
    size: int = 0
    voice: str = "off"
    audit: Audit | None = None
    counted: Counted | None = None
    street: Street = ALONE
    invited: Invited | None = None
    device: str = ""
    booths: BoothsThere = BoothsThere()


def frame(
    visit: Visit,
    scene: Scene,
    title: str,
    *,
    dots: tuple[int, int] = (0, 0),
    then: str = "",
    back: bool | None = None,
    leave: bool = True,
) -> Frame:
    """The frame of an errand; `back` where there is a place to step back to, `leave` unless a choice does that."""
    return Frame(
        title=title,
        who=visit.who,
        dots=dots,
        next=then,
        back=bool(visit.trail) if back is None else back,
        leave=leave and not isinstance(visit.place, Idle),
        said=visit.said,
        seconds_left=_seconds_left(visit, scene),
        alarms=device_alarms(scene),
    )


def _seconds_left(visit: Visit, scene: Scene) -> int | None:
    if isinstance(visit.place, Idle):
        return None
    left = waits(visit) - (scene.now.mono - visit.touched)
    seconds = -(-left // 1000)
    return max(0, seconds) if seconds <= LAST_SECONDS else None


_CABLE = later("Look at its cable.")

_WITHOUT: Mapping[str, str] = {
    "badge reader": _CABLE,
    "code scanner": _CABLE,
    "buttons": later("The touchscreen works meanwhile."),
    "coin acceptor": later("Don’t drop coins until it is back."),
    "lamps": later("The screen shows what they would."),
    "sounder": later("The screen shows what it would say."),
    "kiosk": later("It goes on, and nothing that was booked is lost. Tell whoever tends it."),
    "voice": later("The screen shows what it would say. Whoever tends the kiosk: sudo apt install espeak-ng."),
    "screen": later("Everything else works. Tell whoever tends the kiosk."),
}

_CALLED: Mapping[str, str] = {
    "badge reader": later("badge reader"),
    "code scanner": later("code scanner"),
    "buttons": later("buttons"),
    "coin acceptor": later("coin acceptor"),
    "lamps": later("lamps"),
    "sounder": later("sounder"),
    "kiosk": later("kiosk"),
    "voice": later("voice"),
    "screen": later("screen"),
    "record": later("record"),
    "update": later("update"),
}

_IS: Mapping[str, str] = {
    "lost": later("The {device} does not answer"),
    "busy": later("The {device} is used by another program"),
    "fault": later("The {device} needs a hand"),
    "stumbled": later("The {device} stumbled over a fault of its own"),
    "undrawn": later("The {device} can’t show one of its pages"),
}

_ARE: Mapping[str, str] = {
    "lost": later("The {device} do not answer"),
    "busy": later("The {device} are used by another program"),
    "fault": later("The {device} need a hand"),
    "stumbled": later("The {device} stumbled over a fault of their own"),
}
"""The same of what there are several of."""

SEVERAL = ("buttons", "lamps")

FAULTS = (
    later("Entry {entry} is not as it was written."),
    later("{said}. Whoever tends the kiosk looks for another."),
    later("{program} does not speak ({error}). Is a loudspeaker there?"),
)
"""What may be said of a fault in English, and is for people; the rest is for whoever tends the kiosk."""


def device_alarms(scene: Scene) -> tuple[Alarm, ...]:
    """A device that is gone is an alarm, until it is back."""
    return tuple(_device_alarm(trouble, scene) for trouble in scene.devices.values())


def _device_alarm(trouble: DeviceTrouble, scene: Scene) -> Alarm:
    minutes = max(0, scene.now.mono - trouble.since.mono) // 60_000
    since = phrase("for {minutes} min", minutes=minutes) if minutes else ""
    if trouble.device == CARD:
        words, mend = card_said(trouble.state)
        words = phrase("{words}: nothing can be booked", words=words)
        return Alarm(words=words, since=since, mend=mend, detail=trouble.detail)
    device = phrase(_CALLED[trouble.device]) if trouble.device in _CALLED else trouble.device
    states = _ARE if trouble.device in SEVERAL else _IS
    if trouble.state in states:
        words = phrase(states[trouble.state], device=device)
    else:
        words = phrase("The {device} {state}", device=device, state=trouble.state)
    said = trouble.detail.removeprefix(f"{trouble.device}: ") if trouble.state == "fault" else ""
    mend = again(said, FAULTS) if said else phrase(_WITHOUT.get(trouble.device, ""))
    return Alarm(words=words, since=since, mend=mend, detail=trouble.detail)


def clock_alarm(scene: Scene) -> tuple[Alarm, ...]:
    """A clock that cannot be trusted is an alarm: times in the record may be wrong."""
    if scene.now.trusted:
        return ()
    words = phrase("This kiosk does not know what time it is")
    return (Alarm(words=words, mend=phrase("Connect it to a network for a minute.")),)


def bar(scene: Scene, handle: Handle, *, moved: int = 0, words: str = "") -> Bar:
    """Somebody's balance from the middle, and where it would be after `moved` minutes more."""
    minutes = scene.state.balance(handle)
    charter = scene.state.charter
    return Bar(
        minutes=minutes,
        soft=charter.soft_limit,
        hard=charter.hard_limit,
        words=words or signed(minutes),
        after=minutes + moved if moved else None,
    )


def icon(work: str) -> str:
    """The picture of a kind of work."""
    return work_icon(work, WORK)


def work_choices(scene: Scene) -> tuple[Choice, ...]:
    """All kinds of work, to be touched."""
    return tuple(Choice(key=f"work:{work}", words=work_word(work), icon=icon(work)) for work in scene.state.work())


def paged_by(
    items: tuple[T, ...], sizes: Sequence[int], page: int, room: int
) -> tuple[tuple[T, ...], tuple[int, int]]:
    """Like `paged`, where some take more room than others: as many on a page as fit, and one at least."""
    pages: list[list[T]] = [[]]
    left = room
    for item, size in zip(items, sizes, strict=True):
        if pages[-1] and size > left:
            pages.append([])
            left = room
        pages[-1].append(item)
        left -= size
    page %= len(pages)
    return tuple(pages[page]), (page + 1, len(pages))


def lines_of(text: str, letters: int) -> int:
    """In how many lines of so many letters a text stands at most, as long words break them early."""
    return -(-len(text) // letters)


_larger: ContextVar[int] = ContextVar("larger", default=0)


@contextmanager
def larger(by: int) -> Iterator[None]:
    """While faces are made for larger type a page holds less. by: steps."""
    token = _larger.set(by)
    try:
        yield
    finally:
        _larger.reset(token)


def paged(items: tuple[T, ...], page: int, size: int) -> tuple[tuple[T, ...], tuple[int, int]]:
    """The items of one page (counted from 0), and (this page, of all) counted from 1. Wraps at the end.

    size: of a page where type has its usual size.
    """
    size = fewer(size, _larger.get())
    pages = max(1, -(-len(items) // size))
    page %= pages
    return items[page * size : (page + 1) * size], (page + 1, pages)
