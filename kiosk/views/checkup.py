"""How is the kiosk? Each device, the card, the power, the clock: how it is, and what to do where it is not well.

The same for the screen and for `kiosk doctor`.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from kiosk.amounts import Moment
from kiosk.box import Box, DeviceHow, Machine
from kiosk.faces import Choice, Face, Line, ListFace, TroubleFace, TryoutFace
from kiosk.rules.copies import Copies
from kiosk.views.kept import OLD
from kiosk.views.machine import COOLER, HOT, LEAST_FREE, STRONGER, large
from kiosk.views.scene import Scene, frame, paged
from kiosk.visit.checkup_places import Arrived, Checkup, OneFinding, Tryout
from kiosk.visit.places import Visit
from kiosk.words import day_of

ON_PAGE = 4
"""Rows of one page."""

LEAST_SPARE = 40 * 1024 * 1024
"""Bytes of memory that should be left."""

TOO_LARGE = 600 * 1024 * 1024
"""Bytes of memory that the kiosk should never take."""

How = Literal["well", "mend", "better", "unknown"]
"""better: nothing is wrong, and it could be better. unknown: it can't be told on this machine."""


class Finding(Struct, frozen=True):
    """One thing that was looked at: how it is in a sentence, and what to do about it."""

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
    )


_STATES: Mapping[str, str] = {
    "ready": "It is there.",
    "starting": "It has not answered yet.",
    "stopped": "It is not in use now.",
    "lost": "It does not answer.",
    "busy": "Another program uses it.",
    "fault": "It needs a hand.",
}

_MENDS: Mapping[str, str] = {
    "lost": "Look at its cable; compare its port or pins in the settings with where it is plugged in.",
    "busy": "Stop the other program: a second kiosk, hardware watch, or ModemManager.",
    "fault": "Do what it says, and look at its wires.",
}


PINS = "On a Raspberry Pi: is python3-lgpio there, and the user in the group gpio? Elsewhere there are no pins."


def _device(device: DeviceHow) -> Finding:
    said = device.detail.removeprefix(f"{device.device}: ")
    state = _STATES[device.state]
    whole = said if said.endswith(("?", ".")) else f"{said}."
    parts = [f"{whole[:1].upper()}{whole[1:]}" if said and device.state != "ready" else state]
    if device.where and device.where not in said:
        parts.append(f"On {device.where}.")
    if device.last and device.minutes is not None:
        parts.append(f"Last heard: {device.last}, {_ago(device.minutes)}.")
    if device.errors:
        parts.append(f"{device.errors} misread since the start.")
    mend = PINS if device.state == "lost" and device.where.startswith("pin") else _MENDS.get(device.state, "")
    return Finding(device.device, "mend" if mend else "well", " ".join(parts), mend)


def _ago(minutes: int) -> str:
    if minutes < 1:
        return "just now"
    return f"{minutes} min ago" if minutes < 120 else f"{minutes // 60} h ago"


def _clock(now: Moment, machine: Machine) -> Finding:
    if not now.trusted:
        return Finding(
            "clock", "mend", "It does not know what time it is.", "Connect the box to a network for a minute."
        )
    if machine.battery is False:
        return Finding(
            "clock",
            "better",
            "It knows the time, and forgets it when the power is cut: there is no clock with a battery.",
            "A DS3231 costs little; until then the network must be there after a power cut.",
        )
    by = " The network has set it." if machine.synced else ""
    return Finding("clock", "well", f"It knows the time.{by}")


def _card(machine: Machine) -> Finding:
    if machine.free is None or machine.size is None:
        return Finding("card", "mend", "The record's folder can't be reached.", "Is the card in? Is it mounted?")
    place = f" It is mounted at {machine.mount}." if machine.mount else ""
    full = 100 - machine.free * 100 // max(1, machine.size)
    if machine.read_only:
        return Finding(
            "card",
            "mend",
            f"It takes nothing any more: it is mounted read-only.{place}",
            "Start the box again; if that does not help, the card is dying: make a copy, take a new card.",
        )
    says = f"{large(machine.free)} free of {large(machine.size)}, {full} % full.{place}"
    if machine.free < LEAST_FREE:
        return Finding("card", "mend", says, "Make room on it, or take a larger card.")
    return Finding("card", "well", says)


def _power(machine: Machine) -> Finding:
    if machine.weak_now is None:
        return Finding("power", "unknown", "Whether the supply is strong enough can’t be told here.")
    if machine.weak_now:
        return Finding("power", "mend", "The voltage is too low now.", STRONGER)
    if machine.weak_before:
        return Finding("power", "mend", "The voltage was too low since the box was switched on.", STRONGER)
    return Finding("power", "well", "The voltage was high enough all the time.")


def _heat(machine: Machine) -> Finding:
    if machine.degrees is None:
        return Finding("heat", "unknown", "How warm it is can’t be told here.")
    if machine.degrees >= HOT or machine.slowed_now:
        slow = " It has made itself slower." if machine.slowed_now else ""
        return Finding("heat", "mend", f"{machine.degrees} °C.{slow}", COOLER)
    return Finding("heat", "well", f"{machine.degrees} °C.")


def _memory(box: Box) -> Finding:
    machine = box.machine
    if machine.spare is None:
        return Finding("memory", "unknown", "How much memory is left can’t be told here.")
    takes = f" The kiosk takes {large(box.used)}." if box.used is not None else ""
    says = f"{large(machine.spare)} left.{takes}"
    if machine.spare < LEAST_SPARE or (box.used or 0) > TOO_LARGE:
        return Finding("memory", "mend", says, "Start the kiosk again, and tell those who make it.")
    return Finding("memory", "well", says)


def _drawing(box: Box) -> Finding:
    if not box.drawn_by:
        return Finding("screen", "unknown", "What draws the screen is known only while the kiosk shows one.")
    if any(slow in box.drawn_by.lower() for slow in ("llvmpipe", "softpipe", "swrast")):
        return Finding(
            "screen",
            "better",
            f"Drawn by the processor ({box.drawn_by}), which is slow and warm.",
            "On a Raspberry Pi: sudo usermod -aG render kiosk, then start the kiosk again.",
        )
    return Finding("screen", "well", f"Drawn by {box.drawn_by}.")


def _copy(copies: Copies, now: Moment) -> Finding:
    last = f"The newest is from {day_of(copies.last, now)}." if copies.last else "There is none."
    if copies.fault:
        return Finding("copies", "mend", f"{last} The last try came to nothing.", copies.fault)
    if not copies.wanted:
        return Finding(
            "copies", "better", f"{last} None is made by itself.", "Name a folder on a stick: [data] copy."
        )
    old = copies.last is None or (now.trusted and now.wall - copies.last.wall > OLD)
    if old:
        return Finding("copies", "mend", last, "Plug in the stick for the nightly copy, or say kiosk backup.")
    return Finding("copies", "well", last)


def _check(box: Box, now: Moment) -> Finding:
    checked = box.checked
    if checked is None:
        return Finding(
            "record", "better", "It was never checked as a whole.", "Say kiosk verify; it takes a moment."
        )
    when = day_of(checked.moment, now)
    if checked.faults:
        return Finding("record", "mend", f"The check from {when} named faults.", "Say kiosk verify, and read them.")
    return Finding("record", "well", f"Checked as a whole: {checked.entries:,} entries, {when}; all was well.")


# --- on the screen ----------------------------------------------------------------------------------------

_HOW: Mapping[How, str] = {"well": "well", "mend": "mend", "better": "could be better", "unknown": "can’t be told"}
_ICONS: Mapping[How, str] = {"well": "check", "mend": "warning", "better": "info", "unknown": "info"}
_FIRST: Mapping[How, int] = {"mend": 0, "better": 1, "well": 2, "unknown": 3}


def found(scene: Scene) -> tuple[Finding, ...]:
    """What was found, the worst first."""
    return tuple(sorted(findings(scene.box, scene.now, scene.copies), key=lambda each: _FIRST[each.how]))


def checkup(visit: Visit, place: Checkup, scene: Scene) -> Face:
    """How is the kiosk? Rows, the worst first; and a way to try everything out."""
    rows = found(scene)
    wrong = sum(each.how == "mend" for each in rows)
    lines = (
        Line("try", "Try everything out", "", "press, tap, scan, drop: it shows what arrives", "", "other"),
        *(_line(each) for each in rows),
    )
    shown, page = paged(lines, place.page, ON_PAGE)
    words = "All is well." if not wrong else "One thing to mend." if wrong == 1 else f"{wrong} things to mend."
    return ListFace(frame=frame(visit, scene, "How is the kiosk?"), lines=shown, words=words, page=page)


def _line(finding: Finding) -> Line:
    return Line(
        f"finding:{finding.what}",
        finding.what[:1].upper() + finding.what[1:],
        _HOW[finding.how],
        finding.mend or finding.says,
        "",
        _ICONS[finding.how],
    )


def one_finding(visit: Visit, place: OneFinding, scene: Scene) -> Face:
    """One thing, with all that is known of it."""
    finding = next((each for each in found(scene) if each.what == place.what), None)
    if finding is None:
        finding = Finding(place.what, "unknown", "Nothing is known of it any more.")
    return TroubleFace(
        frame=frame(visit, scene, "", leave=False),
        words=f"{finding.what[:1].upper()}{finding.what[1:]}: {finding.says}",
        mend=finding.mend,
        icon=_ICONS[finding.how],
        choices=(Choice(key="ok", words="all right", icon="check", tone="strong"),),
    )


def tryout(visit: Visit, place: Tryout, scene: Scene) -> Face:
    """What arrives, large."""
    newest, *earlier = place.arrived or (Arrived("badge", "Press, tap, scan, drop: what arrives is shown here"),)
    there = {each.device for each in scene.box.devices}
    return TryoutFace(
        frame=frame(visit, scene, "Try everything out", then="Nothing is booked here, but a coin is real money."),
        words=newest.words,
        icon=newest.icon,
        earlier=tuple(each.words for each in earlier),
        down=place.down,
        stuck=place.stuck,
        choices=(
            _trial("lamp", "the next lamp", there=not there or "lamps" in there),
            _trial("tone", "the next tone", there=not there or "sounder" in there),
        ),
    )


def _trial(key: str, words: str, *, there: bool) -> Choice:
    return Choice(key=key, words=words, able=there, hint="" if there else "there is none here")
