"""The state and the visit as the plain words and numbers that a screen shows. Pure."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.faces import Face, WallFace
from kiosk.tongue import LANGUAGES, speaking
from kiosk.views import (
    assumptions,
    between,
    board,
    boards,
    booth,
    charter,
    checkup,
    circle,
    copies,
    debt_circles,
    duties,
    friday,
    hours,
    jar,
    jar_errands,
    keeping,
    kiosks,
    neighbours,
    numbers,
    orders,
    people,
    potluck,
    proposing,
    report,
    seal,
    shelf,
    stories,
    strike_fund,
    sums,
    tongues,
    votes,
)
from kiosk.views.alarms import alarms
from kiosk.views.scene import DeviceTrouble, Scene, larger
from kiosk.views.seal import seal_hangs
from kiosk.views.ways import ways
from kiosk.visit import (
    assumption_places,
    between_places,
    checkup_places,
    circle_places,
    duty_places,
    friday_places,
    jar_places,
    kiosk_places,
    neighbour_places,
    number_places,
    places,
    potluck_places,
    report_places,
)
from kiosk.visit.places import NOWHERE, Visit
from kiosk.visit.tongues import OFFERED, is_read, size_of
from kiosk.visit.walking import walked

VIEWS: Mapping[type, Callable[..., Face]] = {
    places.Idle: copies.at_the_wall,
    places.Founding: people.founding,
    places.Home: hours.home,
    places.ChooseWork: hours.choose_work,
    places.NameWorkPlace: hours.name_work,
    places.AskGiver: hours.ask_giver,
    places.Dial: hours.dial,
    places.WriteNote: hours.write_note,
    places.Done: hours.done,
    places.MyEntries: hours.my_entries,
    places.OneEntry: hours.one_entry,
    places.WhyCounter: hours.why_counter,
    places.WriteReason: hours.write_reason,
    places.Together: hours.together,
    places.BoardPlace: board.board,
    places.OneNotice: board.one_notice,
    places.AskPoster: board.ask_poster,
    places.WriteNotice: board.write_notice,
    places.UntilWhen: board.until_when,
    places.People: copies.people_and_copy,
    places.WhichMember: people.which_member,
    places.WriteHandle: people.write_handle,
    places.WhichBadge: people.which_badge,
    places.LayNewBadge: people.lay_new_badge,
    places.Hands: people.hands,
    places.Seal: seal.seal,
    report_places.ReportPlace: report.report,
    report_places.BehindFigure: report.behind,
    report_places.OnSheet: report.on_sheet,
    places.SureToLeave: people.sure_to_leave,
    places.NoBadge: people.no_badge,
    places.Told: people.told,
    places.Tongues: tongues.tongues,
    places.CopyOffered: copies.offered,
    places.CopyHands: copies.hands,
    places.CopyDecided: copies.decided,
    checkup_places.Checkup: checkup.checkup,
    checkup_places.OneFinding: checkup.one_finding,
    checkup_places.Tryout: checkup.tryout,
    circle_places.Gathering: circle.gathering,
    circle_places.Turns: circle.turns,
    circle_places.WriteWords: circle.write_words,
    circle_places.MoreTime: circle.more_time,
    circle_places.Agenda: circle.agenda,
    circle_places.TaskWords: circle.task_words,
    circle_places.TaskDay: circle.task_day,
    circle_places.TaskDoer: circle.task_doer,
    circle_places.OldTask: circle.old_task,
    circle_places.TaskLength: charter.task_length,
    circle_places.ChangePick: charter.change_pick,
    circle_places.ChangeDial: charter.change_dial,
    circle_places.QuestionWords: votes.question_words,
    circle_places.QuestionDetail: votes.question_detail,
    circle_places.QuestionReview: votes.question_review,
    circle_places.Against: votes.against,
    circle_places.OldQuestion: votes.old_question,
    circle_places.Voting: votes.voting,
    circle_places.NextOne: booth.next_up,
    circle_places.Booth: booth.booth,
    circle_places.Outcome: booth.outcome,
    circle_places.Review: circle.review,
    circle_places.Experiment: circle.experiment,
    circle_places.Grievance: circle.grievance,
    circle_places.Summary: circle.summary,
    circle_places.SureToClose: circle.sure_to_close,
    duty_places.Duties: duties.duties,
    duty_places.OneDuty: duties.one_duty,
    duty_places.HandingOver: duties.handing_over,
    duty_places.DrawingLot: duties.drawing_lot,
    duty_places.WhichDuty: duties.which_duty,
    duty_places.DutyHow: duties.duty_how,
    duty_places.DutyTerm: duties.duty_term,
    jar_places.JarPlace: jar.jar,
    jar_places.MoneyIn: sums.money_in,
    jar_places.JarMore: jar.more,
    jar_places.Jars: jar.jars,
    jar_places.ProposalPlace: proposing.proposal,
    jar_places.WantsSecond: proposing.wants_second,
    jar_places.ChooseSort: proposing.choose_sort,
    jar_places.NameSort: proposing.name_sort,
    jar_places.WhoCarries: proposing.who_carries,
    jar_places.SaidIn: jar_errands.said_in,
    jar_places.HowMuch: sums.how_much,
    jar_places.Slices: sums.slices,
    jar_places.Taps: jar_errands.taps,
    jar_places.Receipts: keeping.receipts,
    jar_places.ReceiptWords: keeping.receipt_words,
    jar_places.Reserves: keeping.reserves,
    jar_places.WhichDecision: keeping.which_decision,
    jar_places.ChooseRest: keeping.choose_rest,
    jar_places.NamePart: friday.part_named,
    jar_places.Parts: friday.parts,
    jar_places.PartPeople: friday.part_people,
    friday_places.ToCount: friday.to_count,
    friday_places.TooMuch: friday.too_much,
    friday_places.SplitEqually: friday.split_equally,
    friday_places.Drawn: friday.split_drawn,
    friday_places.FrozenList: friday.frozen_list,
    friday_places.Downside: friday.downside,
    friday_places.MakeSeed: friday.make_seed,
    friday_places.CountingSteps: friday.counting,
    friday_places.Emptied: friday.emptied,
    jar_places.Shelf: shelf.shelf,
    jar_places.NewTool: shelf.new_tool,
    jar_places.OneTool: shelf.one_tool,
    number_places.Numbers: numbers.numbers,
    number_places.SaidNumbers: numbers.said_numbers,
    number_places.OneNumber: numbers.one_number,
    number_places.WhichThing: numbers.which_thing,
    number_places.InWords: numbers.in_words,
    number_places.WhichWord: numbers.which_word,
    number_places.HowMany: numbers.how_many,
    number_places.WhichDays: numbers.which_days,
    number_places.WhichDay: numbers.which_day,
    number_places.HoldsUntil: numbers.holds_until,
    number_places.NumberTaps: numbers.teller_taps,
    number_places.WhyWrong: numbers.why_wrong,
    number_places.WrongInWords: numbers.wrong_in_words,
    number_places.WrongTaps: numbers.wrong_taps,
    number_places.CharterPage: charter.charter,
    number_places.CharterNumber: charter.charter_number,
    number_places.CharterEntry: charter.charter_change,
    number_places.CharterHands: charter.charter_hands,
    assumption_places.Autopsy: assumptions.autopsy,
    assumption_places.OneRoutine: assumptions.one_routine,
    assumption_places.WhoBenefits: assumptions.who_benefits,
    assumption_places.TurnRound: assumptions.turn_round,
    assumption_places.TurnUntil: assumptions.turn_until,
    assumption_places.WhatCame: assumptions.what_came,
    assumption_places.GoesOn: assumptions.goes_on,
    assumption_places.Gathered: assumptions.gathered,
    potluck_places.Potluck: potluck.potluck,
    potluck_places.PotluckWords: potluck.potluck_words,
    neighbour_places.Neighbours: neighbours.neighbours,
    neighbour_places.OneNeighbour: neighbours.one_neighbour,
    neighbour_places.TheirNews: neighbours.their_news,
    neighbour_places.OurCard: neighbours.our_card,
    neighbour_places.Scanning: neighbours.scanning,
    neighbour_places.HowFar: neighbours.how_far,
    neighbour_places.LinkTaps: neighbours.link_taps,
    neighbour_places.PartTaps: neighbours.part_taps,
    neighbour_places.SwapThere: neighbours.swap_there,
    neighbour_places.LettersOut: neighbours.letters_out,
    neighbour_places.GuestDial: neighbours.guest_dial,
    between_places.Between: between.between,
    between_places.Fund: strike_fund.fund,
    between_places.PledgeWhom: strike_fund.pledge_whom,
    between_places.PledgeSum: strike_fund.pledge_sum,
    between_places.CallSum: strike_fund.call_sum,
    between_places.OneCallUp: strike_fund.one_call_up,
    between_places.AnswerSum: strike_fund.answer_sum,
    between_places.OneAsked: strike_fund.one_asked,
    between_places.Orders: orders.orders,
    between_places.OneOrder: orders.one_order,
    between_places.OrderList: orders.order_list,
    between_places.Saying: between.saying,
    between_places.WhichUnit: orders.which_unit,
    between_places.UnitPrice: orders.unit_price,
    between_places.HowLong: between.how_long,
    between_places.Boards: boards.boards,
    between_places.OneHung: boards.one_hung,
    between_places.Tell: boards.tell,
    between_places.Circles: debt_circles.circles,
    between_places.OneCircle: debt_circles.one_circle,
    between_places.LetterTaps: between.letter_taps,
    neighbour_places.TwoStories: stories.two_stories,
    neighbour_places.StoryCodes: stories.story_codes,
    neighbour_places.MendTaps: stories.mend_taps,
    kiosk_places.Kiosks: kiosks.kiosks,
    kiosk_places.LetInTaps: kiosks.let_in_taps,
    kiosk_places.TakeOffTaps: kiosks.take_off_taps,
}
"""The table of contents: which view shows which place."""


def face(visit: Visit, scene: Scene) -> Face:
    """What the screen shows now, in the visitor's language."""
    language = visit.language or scene.language
    with speaking(language), larger(size_of(visit, scene.size)):
        shown = VIEWS[type(visit.place)](visit, visit.place, scene)
        shown = _with(shown, **_chosen_beside(visit, scene, language))
        if visit.at == NOWHERE or not walked(visit.place):
            return shown
        found = ways(shown, visit.letters)
        return _with(shown, marked=found[visit.at % len(found)]) if found else shown


def _chosen_beside(visit: Visit, scene: Scene, language: str) -> Mapping[str, object]:
    """The language, the size of type and the voice, and whether they can be chosen here."""
    offered = isinstance(visit.place, OFFERED)
    voice = ("on" if is_read(visit, scene.voice) else "off") if offered and scene.voice != "off" else ""
    tongue = LANGUAGES.get(language, "") if offered else ""
    return {"language": language, "tongue": tongue, "size": size_of(visit, scene.size), "voice": voice}


def _with(shown: Face, **more: object) -> Face:
    """A face with something more in its frame; the wall has none, and holds it itself."""
    if isinstance(shown, WallFace):
        return replace(shown, **more)
    return replace(shown, frame=replace(shown.frame, **more))


__all__ = ["VIEWS", "DeviceTrouble", "Scene", "alarms", "face", "seal_hangs"]
