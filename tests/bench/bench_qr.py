"""How long until a code can be drawn, beside the matrix of `qrcode`; and that it is made only once."""

import sys
import time
from collections.abc import Callable

from kiosk.screens.window import prepare

prepare(offscreen=True)

import qrcode
from table import Row, against, at_most, lay_down

from kiosk.codes import new_code
from kiosk.screens.squares import runs

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 60
AGAIN = 0.01
"""The second time takes less than this part of the first."""


def matrix(text: str) -> object:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return code.get_matrix()


def timed(act: Callable[[str], object], text: str) -> float:
    start = time.process_time_ns()
    act(text)
    return time.process_time_ns() - start


def main() -> int:
    ours, theirs, again = list[float](), list[float](), list[float]()
    for turn in range(ROUNDS + 1):
        text = new_code()
        took, other, second = timed(runs, text), timed(matrix, text), timed(runs, text)
        if turn:  # the first fills the tables of both
            ours.append(took)
            theirs.append(other)
            again.append(second)
    once = max(again) < AGAIN * min(ours)
    lay_down(
        "5-qr",
        [
            at_most("a code ready to be drawn ÷ the matrix of `qrcode`", against(ours, theirs), 1.5),
            Row("the same code again", "made once", "made once" if once else "made again", once),
        ],
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
