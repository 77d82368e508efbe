"""What can be shown when hardly anything can: the plainest wall, and a word over whatever is there."""

from collections.abc import Mapping

from msgspec.structs import replace

from kiosk import tongue
from kiosk.amounts import Moment
from kiosk.faces import Face, Frame, PlainFace, Said, WallFace
from kiosk.state import State
from kiosk.tongue import phrase, speaking
from kiosk.views.scene import DeviceTrouble, Scene, device_alarms
from kiosk.words import clock, local


def wall_without(now: Moment, shop: str, devices: Mapping[str, DeviceTrouble]) -> PlainFace:
    """A wall that knows the time and what is wrong, and asks nothing of the state; in the language spoken now."""
    nothing = Scene(State(), now, lambda _: None, shop, devices)
    return PlainFace(
        frame=Frame(title=shop, back=False, leave=False, alarms=device_alarms(nothing), language=tongue.language()),
        words=phrase("{time} · tap your badge", time=clock(local(now))),
        sentences=(
            phrase("The wall can’t be shown just now. Tapping works, and nothing that was booked is lost."),
        ),
    )


def said_over(face: Face, said: Said) -> Face:
    """The face with a sentence laid over it, in the face's language."""
    with speaking(face.language if isinstance(face, WallFace) else face.frame.language):
        said = replace(said, words=phrase(said.words), mend=phrase(said.mend))
    if isinstance(face, WallFace):
        return replace(face, said=said)
    return replace(face, frame=replace(face.frame, said=said))
