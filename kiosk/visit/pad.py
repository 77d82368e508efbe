"""Amounts that are typed on a pad: digits, or so much more or less."""

import re

from kiosk.faces import Touch

MOST_DIGITS = 9
"""Digits that a pad takes: more than the rules do, so that they say why not."""

MOST = 999_999_999


def counted(amount: int, touch: Touch, *, hours: bool) -> int:
    """The amount after a touch: digits as they stand, or so much more or less. hours: digits are whole hours."""
    if touch.verb == "type" and re.fullmatch(f"[0-9]{{0,{MOST_DIGITS}}}", touch.value):
        return min(MOST, int(touch.value or "0") * (60 if hours else 1))
    if touch.verb == "turn" and re.fullmatch(r"-?[0-9]{1,6}", touch.value):
        return max(0, min(MOST, amount + int(touch.value)))
    return amount
