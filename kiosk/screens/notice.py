"""One need or offer, whole, and what can be done with it."""

from kiosk.faces import NoticeFace
from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.screen import Errand, load


class NoticeScreen(Errand[NoticeFace]):
    """The words are the largest thing."""

    def draw(self, face: NoticeFace, box: Box) -> None:
        """Draws the notice."""
        ids, gap, notice = self.ids, self.u(theme.GAP), face.notice
        box = self.ids.ways.cut(face.choices, box, self.choose)
        about = " · ".join(part for part in (notice.who, notice.work, notice.until) if part)
        size = self.u(72) if notice.icon else 0
        if self.tall:
            place, box = box.cut_top(size, gap)
        else:
            place, box = box.cut_left(size, self.u(24))
        ids.picture.say(notice.icon, Box(place.x, place.top - size, size, size))
        low = sum(ids[name].high(text, box.w) for name, text in (("match", notice.match), ("about", about)))
        high = ids.words.fitted(notice.words, (box.w, box.h - low - gap)).height
        place, box = box.cut_top(high, self.u(12))
        ids.words.say(notice.words, place)
        for name, text in (("about", about), ("match", notice.match)):
            place, box = box.cut_top(ids[name].high(text, box.w))
            ids[name].say(text, place)


load(__file__)
