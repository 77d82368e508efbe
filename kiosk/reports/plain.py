"""What people wrote, as it can stand in a file of another program: one line, and nothing that is unseen."""

from unicodedata import category

_JOINERS = "\u200c\u200d"
"""Persian words and many emoji need them; nothing reads them as anything else."""


def one_line(text: str) -> str:
    """The text on one line with single spaces, and without signs that steer whoever reads it."""
    return " ".join("".join(map(_seen, text)).split())


def _seen(sign: str) -> str:
    kind = category(sign)
    if kind in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    if kind == "Cs":
        return "\ufffd"
    return "" if kind == "Cf" and sign not in _JOINERS else sign
