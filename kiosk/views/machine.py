"""What is wrong with the power, the heat and the card of the box, in words; and bytes as people say them."""

from collections.abc import Iterator

from msgspec.structs import replace

from kiosk.box import Machine
from kiosk.faces import Alarm
from kiosk.tongue import later, phrase
from kiosk.views.card import CARD
from kiosk.views.scene import Scene

HOT = 80
"""Degrees Celsius at which a Raspberry Pi begins to slow down."""

LEAST_FREE = 100 * 1024 * 1024
"""Bytes that should be free on the card."""

STRONGER = later("Take the Pi’s own supply (5.1 V) and a short, thick cable.")
COOLER = later("Give it air: take away what covers it, clean its holes, or add a fan.")


def large(size: int | None) -> str:
    """Bytes as people say them."""
    size = size or 0
    if size >= 10 * 1024**3:
        return phrase("{gigabytes} GB", gigabytes=size // 1024**3)
    if size >= 1024**3:
        whole, tenths = divmod(size * 10 // 1024**3, 10)
        return phrase("{gigabytes}.{tenths} GB", gigabytes=whole, tenths=tenths)
    return phrase("{megabytes} MB", megabytes=size // 1024**2)


def machine_alarms(scene: Scene) -> tuple[Alarm, ...]:
    """What is wrong with the power, the heat and the card; pressing where it already does harm."""
    # Where an entry could not be written, that the card is full or dying is said already.
    known = (
        scene.box.machine if CARD not in scene.devices else replace(scene.box.machine, free=None, read_only=None)
    )
    return tuple(_machine_alarms(known))


def _machine_alarms(machine: Machine) -> Iterator[Alarm]:
    if machine.read_only:
        mend = phrase("Start the box again, or change the memory card.")
        yield Alarm(words=phrase("The card takes nothing any more"), mend=mend)
    elif machine.free is not None and machine.free < LEAST_FREE:
        words = phrase("The memory card is nearly full: {size} free", size=large(machine.free))
        yield Alarm(words=words, mend=phrase("Make room, or take a larger card."), pressing=False)
    if machine.weak_now:
        words = phrase("The power supply is too weak")
        yield Alarm(words=words, mend=phrase(STRONGER), pressing=machine.slowed_now)
    elif machine.weak_before:
        words = phrase("The power supply was too weak since the start")
        yield Alarm(words=words, mend=phrase(STRONGER), pressing=False)
    if machine.degrees is not None and (machine.degrees >= HOT or (machine.slowed_now and not machine.weak_now)):
        words = phrase("The box is too hot: {degrees} °C", degrees=machine.degrees)
        yield Alarm(words=words, mend=phrase(COOLER), pressing=machine.slowed_now)
