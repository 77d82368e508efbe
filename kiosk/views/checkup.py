"""How is the kiosk? Each device, the card, the power, the clock: how it is, and what to do where it is not well.

The same for the screen and for `kiosk doctor`.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from kiosk.amounts import Moment
from kiosk.box import Box, DeviceHow, KioskHow, Machine
from kiosk.faces import Choice, Face, Line, ListFace, TroubleFace, TryoutFace
from kiosk.rules.copies import Copies
from kiosk.tongue import again, later, phrase, plural, sense, unfilled
from kiosk.views.kept import FAULTS, OLD
from kiosk.views.kiosks import how
from kiosk.views.machine import COOLER, HOT, LEAST_FREE, STRONGER, large
from kiosk.views.scene import Scene, frame, paged
from kiosk.visit.checkup_places import Arrived, Checkup, OneFinding, Tryout
from kiosk.visit.places import Visit
from kiosk.words import capital, day_of, figure

ON_PAGE = 4
"""Rows of one page."""

LEAST_SPARE = 40 * 1024 * 1024
"""Bytes of memory that should be left."""

TOO_LARGE = 600 * 1024 * 1024
"""Bytes of memory that the kiosk should never take."""

How = Literal["well", "mend", "better", "unknown"]
"""better: nothing is wrong, and it could be better. unknown: it can't be told on this machine."""


class Finding(Struct, frozen=True):
    """One thing that was looked at: how it is in a sentence, and what to do about it. what: its key, in English."""

    what: str
    how: How
    says: str
    mend: str = ""


def findings(box: Box, now: Moment, copies: Copies) -> tuple[Finding, ...]:
    """All that was looked at."""
    return (
        *(_device(each) for each in box.devices),
        _clock(now, box.machine),
        _card(box.machine),
        _power(box.machine),
        _heat(box.machine),
        _memory(box),
        _drawing(box),
        _copy(copies, now),
        _check(box, now),
        *(_kiosk(each) for each in box.kiosks),
    )


def _kiosk(kiosk: KioskHow) -> Finding:
    """Another kiosk of the shop."""
    if kiosk.reached:
        return Finding(f"“{kiosk.name}”", "well", how(kiosk))
    mend = phrase("Is it on, and on the network? Compare [building] in its settings with where this one listens.")
    return Finding(f"“{kiosk.name}”", "mend", how(kiosk), mend)


_STATES: Mapping[str, str] = {
    "ready": later("It is there."),
    "starting": later("It has not answered yet."),
    "stopped": later("It is not in use now."),
    "lost": later("It does not answer."),
    "busy": later("Another program uses it."),
    "fault": later("It needs a hand."),
}

_MENDS: Mapping[str, str] = {
    "lost": later("Look at its cable; compare its port or pins in the settings with where it is plugged in."),
    "busy": later("Stop the other program: a second kiosk, hardware watch, or ModemManager."),
    "fault": later("Do what it says, and look at its wires."),
}

_SAID = (
    later("{port} is missing; is it plugged in?"),
    later("no port {port} is there; is it plugged in?"),
    later("{port} is gone; was it unplugged?"),
    later("{port} is there, but nothing answers on it"),
    later("{port} is held by another program"),
    later("{port} may not be opened by this user; is the user in the group dialout?"),
    later("{port} may not be opened by this user; is the user in the group input?"),
    later("{buttons} is stuck; the others work"),
    later("{buttons} are stuck; the others work"),
    later("{buttons} is stuck"),
    later("{buttons} are stuck"),
    later("the coin line has been on for more than a second; is a coin jammed, or a wire loose?"),
    later("pulses without end on the coin line; is a wire loose?"),
    later("more than {number} coins in a minute; no more are taken until a minute is over"),
    later("the driver stumbled; see the log"),
    later("the pins cannot be used: {package} is not there"),
    later("the pins cannot be used ({error})"),
    later("{program} is not installed"),
    later("{program} does not speak ({error}). Is a loudspeaker there?"),
)
"""What drivers say most often; the rest stays English, for whoever tends the kiosk."""

_HEARD = (
    later("a badge"),
    later("two badges at once"),
    later("a code"),
    later("something unreadable"),
    later("a press"),
    later("several at once"),
    later("a button that is stuck"),
    later("a coin"),
    later("a coin that is not known"),
)
"""What a device may have said last; it is told in these words, and `unfilled` says them."""

PINS = later(
    "On a Raspberry Pi: is python3-lgpio there, and the user in the group gpio? Elsewhere there are no pins."
)


KEYBOARDS = later(
    "Look at its cable; say hardware keyboards, and compare what is there with its port in the settings."
)

_WHERE_LOST: Mapping[str, str] = {"pins": PINS, "keyboard": KEYBOARDS}

VOICE = "voice"
"""The device that reads aloud; without it everything else goes on."""


def _device(device: DeviceHow) -> Finding:
    said = device.detail.removeprefix(f"{device.device}: ")
    told = again(said, _SAID)
    whole = told if told.endswith(("?", "؟", ".")) else f"{told}."
    parts = [_begun(whole, device.where) if said and device.state != "ready" else phrase(_STATES[device.state])]
    if device.where and device.where not in said:
        parts.append(_on(device.where))
    if device.last and device.minutes is not None:
        ago = _ago(device.minutes)
        parts.append(phrase("Last heard: {what}, {ago}.", what=unfilled(device.last), ago=ago))
    if device.errors:
        parts.append(plural("{n} misread since the start.", "{n} misread since the start.", device.errors))
    if device.device == VOICE and device.state != "ready":
        says = " ".join([*parts, phrase("Nobody can be read to.")])
        how: How = "better" if device.state == "lost" else "mend"
        return Finding(device.device, how, says, phrase("sudo apt install espeak-ng, and plug in a loudspeaker."))
    mend = _WHERE_LOST.get(_kind(device.where), "") if device.state == "lost" else ""
    mend = mend or _MENDS.get(device.state, "")
    return Finding(device.device, "mend" if mend else "well", " ".join(parts), unfilled(mend))


def _kind(where: str) -> str:
    """What a device hangs on."""
    if where.startswith("pin"):
        return "pins"
    typing = where.partition(":")[0] == "keyboard" or where.startswith("/dev/input/")
    return "keyboard" if typing else "port"


def _begun(sentence: str, port: str) -> str:
    """A sentence with a capital, unless it begins with a port, which is found only as it is written."""
    first = sentence.split()[0]
    return sentence if first == port or ":" in first or "/" in first else capital(sentence)


def _on(where: str) -> str:
    kind, _, pins = where.partition(" ")
    if kind == "pin":
        return phrase("On pin {pin}.", pin=pins)
    return phrase("On pins {pins}.", pins=pins) if kind == "pins" else phrase("On {port}.", port=where)


def _ago(minutes: int) -> str:
    if minutes < 1:
        return phrase("just now")
    if minutes < 120:
        return phrase("{minutes} min ago", minutes=minutes)
    return phrase("{hours} h ago", hours=minutes // 60)


def _sentences(*told: str) -> str:
    return " ".join(each for each in told if each)


def _clock(now: Moment, machine: Machine) -> Finding:
    if not now.trusted:
        return Finding(
            "clock",
            "mend",
            phrase("It does not know what time it is."),
            phrase("Connect the box to a network for a minute."),
        )
    if machine.battery is False:
        return Finding(
            "clock",
            "better",
            phrase("It knows the time, and forgets it when the power is cut: there is no clock with a battery."),
            phrase("A DS3231 costs little; until then the network must be there after a power cut."),
        )
    by = phrase("The network has set it.") if machine.synced else ""
    return Finding("clock", "well", _sentences(phrase("It knows the time."), by))


def _card(machine: Machine) -> Finding:
    if machine.free is None or machine.size is None:
        says = phrase("The record's folder can't be reached.")
        return Finding("card", "mend", says, phrase("Is the card in? Is it mounted?"))
    place = phrase("It is mounted at {mount}.", mount=machine.mount) if machine.mount else ""
    full = 100 - machine.free * 100 // max(1, machine.size)
    if machine.read_only:
        return Finding(
            "card",
            "mend",
            _sentences(phrase("It takes nothing any more: it is mounted read-only."), place),
            phrase("Start the box again; if that does not help, the card is dying: make a copy, take a new card."),
        )
    free, size = large(machine.free), large(machine.size)
    says = _sentences(phrase("{free} free of {size}, {part} % full.", free=free, size=size, part=full), place)
    if machine.free < LEAST_FREE:
        return Finding("card", "mend", says, phrase("Make room on it, or take a larger card."))
    return Finding("card", "well", says)


def _power(machine: Machine) -> Finding:
    if machine.weak_now is None:
        return Finding("power", "unknown", phrase("Whether the supply is strong enough can’t be told here."))
    if machine.weak_now:
        return Finding("power", "mend", phrase("The voltage is too low now."), phrase(STRONGER))
    if machine.weak_before:
        says = phrase("The voltage was too low since the box was switched on.")
        return Finding("power", "mend", says, phrase(STRONGER))
    return Finding("power", "well", phrase("The voltage was high enough all the time."))


def _heat(machine: Machine) -> Finding:
    if machine.degrees is None:
        return Finding("heat", "unknown", phrase("How warm it is can’t be told here."))
    warm = phrase("{degrees} °C.", degrees=machine.degrees)
    if machine.degrees >= HOT or machine.slowed_now:
        slow = phrase("It has made itself slower.") if machine.slowed_now else ""
        return Finding("heat", "mend", _sentences(warm, slow), phrase(COOLER))
    return Finding("heat", "well", warm)


def _memory(box: Box) -> Finding:
    machine = box.machine
    if machine.spare is None:
        return Finding("memory", "unknown", phrase("How much memory is left can’t be told here."))
    takes = phrase("The kiosk takes {size}.", size=large(box.used)) if box.used is not None else ""
    says = _sentences(phrase("{size} left.", size=large(machine.spare)), takes)
    if machine.spare < LEAST_SPARE or (box.used or 0) > TOO_LARGE:
        return Finding("memory", "mend", says, phrase("Start the kiosk again, and tell those who make it."))
    return Finding("memory", "well", says)


def _drawing(box: Box) -> Finding:
    if not box.drawn_by:
        says = phrase("What draws the screen is known only while the kiosk shows one.")
        return Finding("screen", "unknown", says)
    if any(slow in box.drawn_by.lower() for slow in ("llvmpipe", "softpipe", "swrast")):
        return Finding(
            "screen",
            "better",
            phrase("Drawn by the processor ({driver}), which is slow and warm.", driver=box.drawn_by),
            phrase("On a Raspberry Pi: sudo usermod -aG render kiosk, then start the kiosk again."),
        )
    return Finding("screen", "well", phrase("Drawn by {driver}.", driver=box.drawn_by))


def _copy(copies: Copies, now: Moment) -> Finding:
    last = phrase("There is none.")
    if copies.last:
        last = phrase("The newest is from {day}.", day=day_of(copies.last, now))
    if copies.fault:
        tried = phrase("The last try came to nothing.")
        return Finding("copies", "mend", _sentences(last, tried), again(copies.fault, FAULTS))
    if not copies.wanted:
        never = phrase("None is made by itself.")
        mend = phrase("Name a folder on a stick: [data] copy.")
        return Finding("copies", "better", _sentences(last, never), mend)
    old = copies.last is None or (now.trusted and now.wall - copies.last.wall > OLD)
    if old:
        return Finding(
            "copies", "mend", last, phrase("Plug in the stick for the nightly copy, or say kiosk backup.")
        )
    return Finding("copies", "well", last)


def _check(box: Box, now: Moment) -> Finding:
    checked = box.checked
    if checked is None:
        return Finding(
            "record",
            "better",
            phrase("It was never checked as a whole."),
            phrase("Say kiosk verify; it takes a moment."),
        )
    when = day_of(checked.moment, now)
    if checked.faults:
        says = phrase("The check from {day} named faults.", day=when)
        return Finding("record", "mend", says, phrase("Say kiosk verify, and read them."))
    says = plural(
        "Checked as a whole: {count} entry, {day}; all was well.",
        "Checked as a whole: {count} entries, {day}; all was well.",
        checked.entries,
        count=figure(checked.entries),
        day=when,
    )
    return Finding("record", "well", says)


# --- on the screen ----------------------------------------------------------------------------------------

_HOW: Mapping[How, str] = {
    "well": later("well"),
    "mend": later("mend"),
    "better": later("could be better"),
    "unknown": later("can’t be told"),
}
_ICONS: Mapping[How, str] = {"well": "check", "mend": "warning", "better": "info", "unknown": "info"}
_FIRST: Mapping[How, int] = {"mend": 0, "better": 1, "well": 2, "unknown": 3}


def found(scene: Scene) -> tuple[Finding, ...]:
    """What was found, the worst first."""
    return tuple(sorted(findings(scene.box, scene.now, scene.copies), key=lambda each: _FIRST[each.how]))


def checkup(visit: Visit, place: Checkup, scene: Scene) -> Face:
    """How is the kiosk? Rows, the worst first; and a way to try everything out."""
    rows = found(scene)
    lines = (
        *_new_program(scene),
        Line(
            "try",
            phrase("Try everything out"),
            "",
            phrase("press, tap, scan, drop: it shows what arrives"),
            "",
            "other",
        ),
        *(_line(each) for each in rows),
    )
    shown, page = paged(lines, place.page, ON_PAGE)
    title = phrase("How is the kiosk?")
    return ListFace(frame=frame(visit, scene, title), lines=shown, words=in_short(rows), page=page)


def in_short(found: Sequence[Finding]) -> str:
    """What all that was found comes to, in a sentence."""
    wrong = sum(each.how == "mend" for each in found)
    if wrong:
        return plural("One thing to mend.", "{n} things to mend.", wrong)
    better = sum(each.how == "better" for each in found)
    if better:
        return plural("Nothing to mend; one could be better.", "Nothing to mend; {n} could be better.", better)
    return phrase("All is well.")


def _new_program(scene: Scene) -> tuple[Line, ...]:
    """A way to answer for another program, while nobody has."""
    program = scene.state.program
    if program is None or program.by:
        return ()
    words = phrase("it runs since {day}: who answers for it?", day=day_of(program.since, scene.now))
    return (Line("update", phrase("The new program"), "", words, "", "warning"),)


def _called(what: str) -> str:
    """What was looked at, at the start of a line."""
    box = {
        "clock": sense("part of the box", "clock"),
        "card": sense("part of the box", "card"),
        "power": sense("part of the box", "power"),
        "heat": sense("part of the box", "heat"),
        "memory": sense("part of the box", "memory"),
        "copies": sense("part of the box", "copies"),
    }
    return capital(box.get(what) or unfilled(what))


def _line(finding: Finding) -> Line:
    return Line(
        key=f"finding:{finding.what}",
        who=_called(finding.what),
        amount=phrase(_HOW[finding.how]),
        work=finding.mend or finding.says,
        when="",
        icon=_ICONS[finding.how],
    )


def one_finding(visit: Visit, place: OneFinding, scene: Scene) -> Face:
    """One thing, with all that is known of it."""
    finding = next((each for each in found(scene) if each.what == place.what), None)
    if finding is None:
        finding = Finding(place.what, "unknown", phrase("Nothing is known of it any more."))
    return TroubleFace(
        frame=frame(visit, scene, "", leave=False),
        words=phrase("{name}: {said}", name=_called(finding.what), said=finding.says),
        mend=finding.mend,
        icon=_ICONS[finding.how],
        choices=(Choice(key="ok", words=phrase("all right"), icon="check", tone="strong"),),
    )


def tryout(visit: Visit, place: Tryout, scene: Scene) -> Face:
    """What arrives, large."""
    nothing = Arrived("badge", phrase("Press, tap, scan, drop: what arrives is shown here"))
    newest, *earlier = place.arrived or (nothing,)
    there = {each.device for each in scene.box.devices}
    then = phrase("Nothing is booked here, but a coin is real money.")
    return TryoutFace(
        frame=frame(visit, scene, phrase("Try everything out"), then=then),
        words=newest.words,
        icon=newest.icon,
        earlier=tuple(each.words for each in earlier),
        down=place.down,
        stuck=place.stuck,
        choices=(
            _trial("lamp", phrase("the next lamp"), there=not there or "lamps" in there),
            _trial("tone", phrase("the next tone"), there=not there or "sounder" in there),
        ),
    )


def _trial(key: str, words: str, *, there: bool) -> Choice:
    return Choice(key=key, words=words, able=there, hint="" if there else phrase("there is none here"))
