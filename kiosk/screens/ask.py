"""One question to all, and up to three answers."""

from kiosk.faces import AskFace
from kiosk.screens.boxes import Box
from kiosk.screens.screen import Poster, load


class AskScreen(Poster[AskFace]):
    """The question is the largest; the answers stand at the foot, as the buttons lie."""

    def draw(self, face: AskFace, box: Box) -> None:
        """Draws it."""
        ids = self.ids
        ids.title.say(face.frame.title, self.head)
        ids.ways.stand = "stack" if self.tall else "only"
        ids.ways.high = 120 if self.tall else 96
        ids.question.lines = [5, 6] if self.tall else [2, 3, 4, 5, 6]
        rest = ids.ways.cut(face.choices, box, self.choose, gap=24)
        about = ids.about.fitted(face.about, (rest.w, rest.h * 0.5)).height if face.about else 0
        high = ids.question.fitted(face.question, (rest.w, rest.h - about - self.u(24))).height
        upper, lower = rest.cut_top(high, self.u(24))
        ids.question.say(face.question, upper)
        ids.about.say(face.about, lower.cut_top(about)[0])


load(__file__)
