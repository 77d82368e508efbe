"""A photo of the whiteboard belongs to a circle once two people say so: it may show faces, and it stays."""

import re

from kiosk.commands import AttachPhoto, Refusal
from kiosk.events import PhotoAttached
from kiosk.rules.badges import handles, owners
from kiosk.rules.case import Case, Verdict
from kiosk.state import LatestCircle
from kiosk.words import local

MOST_PHOTOS = 6
"""Of one circle."""

_SHA256 = re.compile("[0-9a-f]{64}")


def attach_photo(command: AttachPhoto, case: Case) -> Verdict:
    """While the circle is open, or later on the same day."""
    members = owners(command.badges, case)
    if isinstance(members, Refusal):
        return members
    if len(members) < 2:
        return Refusal("second badge", "A photo stays for good, so two people say that it may. Ask another to tap.")
    circle = todays(case)
    if circle is None:
        return Refusal("no circle", "There was no circle today. A photo is attached on the day of its circle.")
    if not _SHA256.fullmatch(command.photo):
        return Refusal("no photo", "This photo is not there any more. Choose another one.")
    if command.photo in circle.photos:
        return Refusal("attached already", "This photo is attached already. Nothing needs doing.")
    if len(circle.photos) >= MOST_PHOTOS:
        return Refusal("photos full", "{most} photos are attached to this circle already.", {"most": MOST_PHOTOS})
    return (PhotoAttached(circle.number, command.photo, handles(members)),)


def todays(case: Case) -> LatestCircle | None:
    """The circle that a photo can still be attached to: the open one, or one that ended today."""
    latest = case.state.latest
    if latest is None or (latest.end and local(latest.end).date() != local(case.now).date()):
        return None
    return latest
