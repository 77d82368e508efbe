"""Which rule is about which command: RULES is the table of contents."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk.commands import (
    AddBadge,
    AddKiosk,
    AnswerUpdate,
    ArgueDownside,
    AttachPhoto,
    BeginDuty,
    BorrowTool,
    BreakTool,
    ChangeCharter,
    CloseApproval,
    CloseCircle,
    CloseFriday,
    CloseRound,
    CloseSegment,
    Command,
    CosignSeal,
    Counter,
    CounterNumber,
    CountJar,
    DecideRest,
    DrawDuty,
    DropClock,
    DropQuestion,
    DropTask,
    EndDuty,
    EndFund,
    EndLeave,
    ExtendCircle,
    FinishTask,
    Found,
    GiveMoney,
    HandOver,
    HoldReport,
    Join,
    JoinBuilding,
    JoinCircle,
    JoinOrder,
    Leave,
    LinkNeighbour,
    MendFork,
    MendTool,
    MoveTask,
    NameWork,
    NoteProgram,
    NoteReform,
    OfferSwap,
    OpenApproval,
    OpenCircle,
    OpenFriday,
    OpenRound,
    PassSeals,
    PassTurn,
    PostNotice,
    ProposeProject,
    Refusal,
    RemoveKiosk,
    RemoveTool,
    Return,
    ReturnTool,
    ReviewDecision,
    ReviewExperiment,
    ReviewInversion,
    RevokeBadge,
    SayAtPotluck,
    SayBenefit,
    SayNumber,
    SecondProject,
    SeekCircle,
    SendTotals,
    ServeCommons,
    ShelveTool,
    ShowReceipt,
    ShowSeal,
    ShowTemplate,
    SliceWages,
    SpendReserve,
    SplitFund,
    StartClock,
    StartExperiment,
    StartInversion,
    StartLeave,
    Swap,
    TakeCoin,
    TakeDownNotice,
    TakeEntries,
    TakeSegment,
    TakeTask,
    Undo,
    UnlinkNeighbour,
    Voice,
    VoidRound,
    WinConcession,
    WithdrawProject,
    WriteLetter,
)
from kiosk.rules.approvals import close_approval, open_approval, taken_elsewhere
from kiosk.rules.assumptions import review_inversion, say_benefit, start_inversion
from kiosk.rules.between import join_order, send_totals
from kiosk.rules.building import add_kiosk, join_building, pass_turn, remove_kiosk, take_entries
from kiosk.rules.case import Case, Verdict
from kiosk.rules.charter import change_charter
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
from kiosk.rules.duties import begin_duty, draw_duty, end_duty, hand_over
from kiosk.rules.friday import close_friday, open_friday
from kiosk.rules.funds import decide_rest, end_fund, spend_reserve, split_fund
from kiosk.rules.held import hold_report
from kiosk.rules.hours import serve_commons, swap
from kiosk.rules.jar import count_jar, give_money, slice_wages, take_coin
from kiosk.rules.mending import mend
from kiosk.rules.neighbours import close_segment, link, offer_swap, take_segment, unlink, write_letter
from kiosk.rules.notices import post_notice, take_down_notice
from kiosk.rules.numbers import counter_number, note_reform, say_number, win_concession
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
from kiosk.rules.photos import attach_photo
from kiosk.rules.potluck import say_at_potluck
from kiosk.rules.projects import (
    argue_downside,
    propose_project,
    second_project,
    show_receipt,
    withdraw_project,
)
from kiosk.rules.rings import seek
from kiosk.rules.taking_back import counter, undo
from kiosk.rules.tools import borrow_tool, break_tool, mend_tool, remove_tool, return_tool, shelve_tool
from kiosk.rules.updates import answer_update, note_program
from kiosk.rules.votes import close_round, drop_question, open_round, review_decision, void_round
from kiosk.rules.witness import cosign_seal, pass_seals, show_seal, show_template
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
    AttachPhoto: attach_photo,
    # the program of the kiosk
    NoteProgram: note_program,
    AnswerUpdate: answer_update,
    # votes
    OpenRound: open_round,
    CloseRound: close_round,
    VoidRound: void_round,
    DropQuestion: drop_question,
    ReviewDecision: review_decision,
    # the jar
    TakeCoin: take_coin,
    GiveMoney: give_money,
    SliceWages: slice_wages,
    CountJar: count_jar,
    ProposeProject: propose_project,
    SecondProject: second_project,
    WithdrawProject: withdraw_project,
    ArgueDownside: argue_downside,
    OpenFriday: open_friday,
    CloseFriday: close_friday,
    ShowReceipt: show_receipt,
    DecideRest: decide_rest,
    SpendReserve: spend_reserve,
    SplitFund: split_fund,
    EndFund: end_fund,
    # tools
    ShelveTool: shelve_tool,
    BorrowTool: borrow_tool,
    ReturnTool: return_tool,
    BreakTool: break_tool,
    MendTool: mend_tool,
    RemoveTool: remove_tool,
    # reports and assumptions
    HoldReport: hold_report,
    SayBenefit: say_benefit,
    SayAtPotluck: say_at_potluck,
    StartInversion: start_inversion,
    ReviewInversion: review_inversion,
    # numbers said aloud
    SayNumber: say_number,
    WinConcession: win_concession,
    NoteReform: note_reform,
    CounterNumber: counter_number,
    # the charter
    ChangeCharter: change_charter,
    # duties
    BeginDuty: begin_duty,
    EndDuty: end_duty,
    DrawDuty: draw_duty,
    HandOver: hand_over,
    OpenApproval: open_approval,
    CloseApproval: close_approval,
    # neighbours
    LinkNeighbour: link,
    UnlinkNeighbour: unlink,
    OfferSwap: offer_swap,
    WriteLetter: write_letter,
    JoinOrder: join_order,
    SendTotals: send_totals,
    SeekCircle: seek,
    CloseSegment: close_segment,
    TakeSegment: take_segment,
    ShowSeal: show_seal,
    CosignSeal: cosign_seal,
    PassSeals: pass_seals,
    ShowTemplate: show_template,
    MendFork: mend,
    # several kiosks in one building
    AddKiosk: add_kiosk,
    RemoveKiosk: remove_kiosk,
    JoinBuilding: join_building,
    TakeEntries: take_entries,
    PassTurn: pass_turn,
}

FREE = (Swap, ServeCommons, StartClock, DropClock, TakeCoin, GiveMoney, NoteProgram, TakeEntries, JoinBuilding)
"""What each kiosk of a building writes at once, also while it hears none of the others: what simply adds up, and
what is about its own box. All else is written in turn."""

ENDS_A_VOTE = (CloseRound, CloseApproval, CloseFriday, VoidRound)
"""Only the kiosk that opened a vote has its box, so only that one counts it, or gives it up."""


def decide(command: Command, case: Case) -> Verdict:
    """What happened, or why not. Raises KeyError, naming the type, for a command that no rule is about."""
    if case.state.in_building and not _belongs(case) and not isinstance(command, TakeCoin | TakeEntries):
        return Refusal(
            "learning",
            "This kiosk is still being told what the shop has written, or is none of its kiosks any more. "
            "Use another one meanwhile.",
        )
    elsewhere = isinstance(command, ENDS_A_VOTE) and taken_elsewhere(case.state, case.next.rpartition("/")[0])
    if elsewhere:
        words = "This vote is taken at the kiosk “{kiosk}”. Go there."
        return Refusal("vote elsewhere", words, {"kiosk": elsewhere})
    if case.state.founded is None and not isinstance(command, Found | TakeCoin | TakeEntries | JoinBuilding):
        return Refusal(
            "not founded",
            "This shop is not founded yet. First {needed} people tap together, each with a badge of their own.",
            {"needed": case.state.charter.founders},
        )
    return RULES[type(command)](command, case)


def _belongs(case: Case) -> bool:
    """Whether this kiosk is one of the shop's."""
    here = case.state.kiosks.get(case.next.rpartition("/")[0])
    return here is not None and not here.removed
