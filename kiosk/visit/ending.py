"""Which places there are only while a circle or a vote is open: at another kiosk either may end meanwhile."""

from kiosk.visit import circle_places as circle
from kiosk.visit import friday_places as friday

IN_VOTE = (circle.Voting, circle.Booth, friday.MakeSeed)
"""Only while a vote is open here."""

IN_CIRCLE = (
    *IN_VOTE,
    circle.Turns,
    circle.WriteWords,
    circle.MoreTime,
    circle.Agenda,
    circle.TaskWords,
    circle.TaskDay,
    circle.TaskLength,
    circle.TaskDoer,
    circle.OldTask,
    circle.QuestionWords,
    circle.ChangePick,
    circle.ChangeDial,
    circle.QuestionDetail,
    circle.QuestionReview,
    circle.Against,
    circle.OldQuestion,
    circle.NextOne,
    circle.Review,
    circle.Experiment,
    circle.Grievance,
    circle.SureToClose,
    friday.FrozenList,
    friday.Downside,
)
"""Only while a circle is open."""
