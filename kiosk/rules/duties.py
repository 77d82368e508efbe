"""Duties: verbs that go round. They begin and end by many hands, and are handed over by two badges."""

from kiosk.amounts import JAR, Handle
from kiosk.commands import BeginDuty, DrawDuty, EndDuty, HandOver, Refusal
from kiosk.events import DutyBegan, DutyDrawn, DutyEnded, DutyHandedOver
from kiosk.rules.badges import many_hands, owner
from kiosk.rules.case import Case, Verdict
from kiosk.rules.jar import fund_named
from kiosk.rules.rotation import (
    beside,
    busy,
    comes_next,
    is_over,
    may_take,
    next_until,
    not_here,
    passed_over,
    waits_for,
)
from kiosk.rules.titles import title_in
from kiosk.rules.writing import NAME_SIGNS, one_script, plain_name, same
from kiosk.state import KEEPING_THE_JAR, Duty, Member, State
from kiosk.tongue import later
from kiosk.words import by_day, local

KNOWN = ("taking minutes", "facilitating", KEEPING_THE_JAR, "tending the kiosk")
"""Duties that most shops have; a shop adds its own."""

OF_A_FUND = (KEEPING_THE_JAR, "taking minutes", "facilitating")
"""Duties that each daughter fund has from its beginning; it may have others."""

DOWNSIDE = "arguing the downside"
"""Goes round from vote to vote by itself."""

DUTY_SIGNS = NAME_SIGNS + "&/,"
"""The signs a duty's name may have beside letters, digits and spaces."""

SHORTEST_DUTY, LONGEST_DUTY = 3, 32
"""Characters."""


# --- names ------------------------------------------------------------------------------------------------


def duty_name(text: str, state: State, fund: str = JAR) -> str | Refusal:
    """A new duty's name as it will be kept: what is done, and no title. A screen may ask while it is typed."""
    name = plain_name(text, least=SHORTEST_DUTY, most=LONGEST_DUTY, signs=DUTY_SIGNS)
    if isinstance(name, Refusal):
        return name
    return _no_duty_name(name, state, fund) or name


def _no_duty_name(name: str, state: State, fund: str) -> Refusal | None:
    if not all(one_script(word) for word in name.split()):
        return Refusal(
            "mixed letters", "This mixes letters of different alphabets in a word. Please use one of them."
        )
    if same(name) == same(DOWNSIDE):
        return Refusal(
            "downside", "Arguing the downside goes round by itself, from vote to vote. Choose another duty."
        )
    others = (duty.duty for duty in state.duties.values() if duty.fund == fund)
    known = next((duty for duty in others if same(duty) == same(name)), None)
    if known:
        return Refusal("known duty", "“{duty}” goes round already. Look for it on the list.", {"duty": known})
    return _titled(name)


def _titled(name: str) -> Refusal | None:
    title = title_in(name)
    if title is None:
        return None
    if title.say:
        words = later("“{title}” is a title, and nobody here has one. Say what is done instead: {say}.")
        return Refusal("title", words, {"title": title.word, "say": title.say})
    words = later("“{title}” is a title, and nobody here has one. Say what is done instead, as in: {say}.")
    return Refusal("title", words, {"title": title.word, "say": title.otherwise})


# --- beginning and ending ---------------------------------------------------------------------------------


def begin_duty(command: BeginDuty, case: Case) -> Verdict:
    """Let a duty go round, among all or among the circle of a fund."""
    fund = fund_named(command.fund, case)
    if isinstance(fund, Refusal):
        return fund
    name = duty_name(command.duty, case.state, fund.name)
    if isinstance(name, Refusal):
        return name
    hands = many_hands(command.hands, case)
    if isinstance(hands, Refusal):
        return hands
    return (DutyBegan(name, command.how, command.term, hands, fund.name),)


def end_duty(command: EndDuty, case: Case) -> Verdict:
    """Let it go round no more."""
    duty = _goes_round(command.duty, case)
    if isinstance(duty, Refusal):
        return duty
    circle = case.state.circle
    if circle is not None and circle.approval is not None and circle.approval.name == duty.name:
        return Refusal("approval open", "The buttons are asked who takes this just now. Finish that first.")
    hands = many_hands(command.hands, case)
    if isinstance(hands, Refusal):
        return hands
    return (DutyEnded(duty.duty, hands, duty.fund),)


def _goes_round(name: str, case: Case) -> Duty | Refusal:
    return case.state.duties.get(name) or Refusal(
        "no duty", "This duty does not go round any more. Choose one from the list."
    )


# --- who comes next ---------------------------------------------------------------------------------------


def draw_duty(command: DrawDuty, case: Case) -> Verdict:
    """Draw the lot among those who can take it, where more than one can.

    Drawn again because somebody is said not to be here, it does not fall on whoever draws it; else one badge would
    draw until it suits.
    """
    duty, member = _goes_round(command.duty, case), owner(command.badge, case)
    if isinstance(duty, Refusal):
        return duty
    if isinstance(member, Refusal):
        return member
    if duty.how != "lot":
        return Refusal("not by lot", "No lot is drawn for this duty. It goes round another way.")
    refused = _here_after_all(command.absent, case)
    refused = refused or passed_already(duty, command.absent, case, member.handle)
    refused = refused or _drawn_already(duty, command, member, case)
    if refused:
        return refused
    today = local(case.now).date()
    able = may_take(case.state, duty.name, command.absent, today, member.handle)
    missed = duty.coming in not_here(case.state, command.absent, today, member.handle)
    skipped = (duty.coming,) if missed else ()
    if missed and duty.coming not in not_here(case.state, (), today):
        able = tuple(handle for handle in able if handle != member.handle)
    if not able:
        words = "A lot that is drawn again does not fall on whoever draws it. Somebody else taps."
        return Refusal("own lot", words)
    return (DutyDrawn(duty.duty, able[command.draw % len(able)], able, member.handle, skipped, duty.fund),)


def _drawn_already(duty: Duty, command: DrawDuty, member: Member, case: Case) -> Refusal | None:
    """Why no lot is drawn now: one was, or none is needed, or nobody is there."""
    today = local(case.now).date()
    coming = comes_next(case.state, duty.name, command.absent, today, member.handle)
    if coming and coming == duty.coming:
        words = "{coming} is drawn already. Hand it over; or say on the screen that {coming} is not here."
        return Refusal("drawn already", words, {"coming": coming})
    if coming:
        return Refusal("no lot", "{coming} comes next without a lot. Hand it over.", {"coming": coming})
    able = may_take(case.state, duty.name, command.absent, today, member.handle)
    return None if able else _nobody()


def _nobody() -> Refusal:
    return Refusal("nobody there", "Nobody else is here to take it. It stays where it is until somebody is.")


def _here_after_all(absent: tuple[Handle, ...], case: Case) -> Refusal | None:
    """Nobody is said not to be here who tapped in to the circle that is open, and was opened today."""
    today = local(case.now).date()
    known, circle = not_here(case.state, (), today), case.state.circle
    roll = circle.roll if circle is not None and local(circle.opened).date() == today else ()
    present = next((handle for handle in roll if handle in absent and handle not in known), None)
    if present is None:
        return None
    words = "{handle} tapped in to this circle. Nobody who is here is skipped."
    return Refusal("here after all", words, {"handle": present})


def passed_already(duty: Duty, absent: tuple[Handle, ...], case: Case, here: Handle = "") -> Refusal | None:
    """Why somebody can't be passed over again by word alone. here: who taps. A screen may ask before any tap."""
    waits = waits_for(case.state, duty.name, absent, local(case.now).date(), here)
    if not waits:
        return None
    words = "{handle} was passed over last time. Now it waits for {handle}, or for the circle."
    return Refusal("passed over", words, {"handle": waits})


# --- handing over -----------------------------------------------------------------------------------------


def hand_over(command: HandOver, case: Case) -> Verdict:
    """Two badges: the one who had it, or a witness, and the one whose turn it is."""
    duty, coming, leaving = (
        _goes_round(command.duty, case),
        owner(command.coming, case),
        owner(command.leaving, case),
    )
    if isinstance(duty, Refusal):
        return duty
    if isinstance(coming, Refusal):
        return coming
    if isinstance(leaving, Refusal):
        return leaving
    witness = _witness(duty, leaving, case)
    refused = _same_twice(coming, leaving) or _here_after_all(command.absent, case)
    refused = refused or passed_already(duty, command.absent, case, coming.handle)
    refused = refused or _wrong_one(duty, coming, command.absent, case)
    if refused:
        return refused
    if isinstance(witness, Refusal):
        return witness
    today = local(case.now).date()
    return (
        DutyHandedOver(
            duty=duty.duty,
            coming=coming.handle,
            leaving=duty.holder,
            until=next_until(duty, today),
            skipped=passed_over(case.state, duty.name, command.absent, today, coming.handle),
            witness=witness,
            fund=duty.fund,
        ),
    )


def _same_twice(coming: Member, leaving: Member) -> Refusal | None:
    if coming.handle != leaving.handle:
        return None
    words = "That was {handle} twice. Two people tap: the one leaving and the one coming."
    return Refusal("same person", words, {"handle": coming.handle})


def _wrong_one(duty: Duty, coming: Member, absent: tuple[Handle, ...], case: Case) -> Refusal | None:
    """Why this one does not take it now: who does, and what to do."""
    today = local(case.now).date()
    expected = comes_next(case.state, duty.name, absent, today, coming.handle)
    if expected == coming.handle:
        return _has_another(duty, coming, case)
    facts = {"handle": coming.handle, "coming": expected}
    if coming.standing == "away":
        return Refusal("away", "{handle} is marked as away. Tap, and say first that you are back.", facts)
    if not expected:
        return _nobody_yet(duty)
    if coming.handle == duty.holder:
        return Refusal("has it", "{handle} has it already. It goes to {coming}: {coming} taps too.", facts)
    words = "{coming} comes next, not {handle}. If {coming} is not here, say so on the screen first."
    return Refusal("not their turn", words, facts)


def _nobody_yet(duty: Duty) -> Refusal:
    if duty.how == "lot":
        return Refusal("not drawn", "Nobody is drawn yet. Draw the lot first.")
    if duty.how == "approval":
        return Refusal("not chosen", "Nobody is chosen yet. The circle puts it to the buttons.")
    return _nobody()


def _has_another(duty: Duty, coming: Member, case: Case) -> Refusal | None:
    """Before their term is over somebody waits until they have handed over what they have; then nobody has two."""
    today = local(case.now).date()
    if busy(case.state, duty, today)[coming.handle]:
        return None
    together = beside(case.state, duty)
    other = next((each for each in together if _still_has(each, coming, today.isoformat())), None)
    if other is None:
        return None
    words = "{handle} still has “{other}”, {day}. First that is handed over; or wait until this term is over."
    day = by_day(other.until).replace("on ", "until ", 1)
    return Refusal("has another", words, {"handle": coming.handle, "other": other.name, "day": day})


def _still_has(duty: Duty, member: Member, today: str) -> bool:
    return duty.holder == member.handle and duty.until > today


def _witness(duty: Duty, leaving: Member, case: Case) -> Handle | Refusal:
    """Whose badge stands for that of the one leaving; "" where it is their own."""
    if leaving.handle == duty.holder:
        return ""
    gone = not duty.holder or case.state.members[duty.holder].standing != "here"
    if gone or is_over(duty, local(case.now).date()):
        return leaving.handle
    day = by_day(duty.until).replace("on ", "until ", 1)
    words = "{holder} has it {day}. Until then {holder} taps too; afterwards anybody’s badge will do."
    return Refusal("theirs", words, {"holder": duty.holder, "day": day})
