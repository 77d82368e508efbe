"""What the shop agreed on. A rule is told what was asked and what is, and says what happened, or why not.

Rules are pure: no clock, no file, no device, and on any command an answer. RULES is the table of contents.
"""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk.commands import (
    AddBadge,
    BeginDuty,
    CloseApproval,
    CloseCircle,
    CloseRound,
    Command,
    Counter,
    DrawDuty,
    DropClock,
    DropQuestion,
    DropTask,
    EndDuty,
    EndLeave,
    ExtendCircle,
    FinishTask,
    Found,
    HandOver,
    Join,
    JoinCircle,
    Leave,
    MoveTask,
    NameWork,
    OpenApproval,
    OpenCircle,
    OpenRound,
    PostNotice,
    Refusal,
    Return,
    ReviewDecision,
    ReviewExperiment,
    RevokeBadge,
    ServeCommons,
    StartClock,
    StartExperiment,
    StartLeave,
    Swap,
    TakeCoin,
    TakeDownNotice,
    TakeTask,
    Undo,
    Voice,
    VoidRound,
)
from kiosk.rules.approvals import close_approval, open_approval
from kiosk.rules.case import Case, Verdict
from kiosk.rules.circle import (
    close_circle,
    drop_task,
    extend_circle,
    finish_task,
    join_circle,
    move_task,
    open_circle,
    review_experiment,
    start_experiment,
    take_task,
    voice,
)
from kiosk.rules.clocking import drop_clock, start_clock
from kiosk.rules.coins import take_coin
from kiosk.rules.duties import begin_duty, draw_duty, end_duty, hand_over
from kiosk.rules.hours import serve_commons, swap
from kiosk.rules.notices import post_notice, take_down_notice
from kiosk.rules.people import (
    add_badge,
    come_back,
    end_leave,
    found,
    join,
    leave,
    revoke_badge,
    start_leave,
)
from kiosk.rules.taking_back import counter, undo
from kiosk.rules.votes import close_round, drop_question, open_round, review_decision, void_round
from kiosk.rules.work import name_work

RULES: Mapping[type[Command], Callable[[Any, Case], Verdict]] = {
    # people
    Found: found,
    Join: join,
    Return: come_back,
    AddBadge: add_badge,
    RevokeBadge: revoke_badge,
    StartLeave: start_leave,
    EndLeave: end_leave,
    Leave: leave,
    # hours
    Swap: swap,
    ServeCommons: serve_commons,
    Undo: undo,
    Counter: counter,
    StartClock: start_clock,
    DropClock: drop_clock,
    # needs and offers
    PostNotice: post_notice,
    TakeDownNotice: take_down_notice,
    NameWork: name_work,
    # coins
    TakeCoin: take_coin,
    # the circle
    OpenCircle: open_circle,
    JoinCircle: join_circle,
    Voice: voice,
    ExtendCircle: extend_circle,
    CloseCircle: close_circle,
    TakeTask: take_task,
    FinishTask: finish_task,
    MoveTask: move_task,
    DropTask: drop_task,
    StartExperiment: start_experiment,
    ReviewExperiment: review_experiment,
    # votes
    OpenRound: open_round,
    CloseRound: close_round,
    VoidRound: void_round,
    DropQuestion: drop_question,
    ReviewDecision: review_decision,
    # duties
    BeginDuty: begin_duty,
    EndDuty: end_duty,
    DrawDuty: draw_duty,
    HandOver: hand_over,
    OpenApproval: open_approval,
    CloseApproval: close_approval,
}


def decide(command: Command, case: Case) -> Verdict:
    """What happened, or why not. Raises KeyError, naming the type, for a command that no rule is about."""
    if case.state.founded is None and not isinstance(command, Found | TakeCoin):
        return Refusal(
            "not founded",
            "This shop is not founded yet. First {needed} people tap together, each with a badge of their own.",
            {"needed": case.state.charter.founders},
        )
    return RULES[type(command)](command, case)
