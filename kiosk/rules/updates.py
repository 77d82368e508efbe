"""The program of the kiosk is another: it is written down by itself, and somebody answers for it before others."""

import re

from kiosk.commands import AnswerUpdate, NoteProgram, Refusal
from kiosk.events import KioskUpdated, UpdateAnswered
from kiosk.rules.badges import many_hands
from kiosk.rules.case import Case, Verdict

_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,60}")


def note_program(command: NoteProgram, case: Case) -> Verdict:
    """Written down whatever else goes on: it has happened. What the record says goes before what lies beside it."""
    if case.state.founded is None:
        return Refusal("no shop", "There is no shop yet. Found it first.")
    program = case.state.program
    before = program.version if program else command.before
    if not before or before == command.after:
        return Refusal("same program", "The program is the one that the record knows. Nothing needs doing.")
    if not all(_VERSION.fullmatch(each) for each in (before, command.after)):
        return Refusal(
            "no version", "This is no version of a program. Whoever tends the kiosk looks at what was laid."
        )
    return (KioskUpdated(before, command.after),)


def answer_update(command: AnswerUpdate, case: Case) -> Verdict:
    """By the shop's many hands, so that nobody swaps the program alone and unseen."""
    program = case.state.program
    if program is None or program.by:
        return Refusal("answered", "Somebody answers for this program already. Nothing needs doing.")
    hands = many_hands(command.hands, case)
    if isinstance(hands, Refusal):
        return hands
    return (UpdateAnswered(program.update, hands[0], hands),)
