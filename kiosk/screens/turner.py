"""Turning pages: one before, one further, and which it is."""

from collections.abc import Callable, Sequence

from kiosk.faces import Choice
from kiosk.screens import theme, wording
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Piece
from kiosk.screens.screen import load


def turns_by_button(choices: Sequence[Choice]) -> bool:
    """Whether one of the ways on is to turn the page."""
    return any(choice.key == "page:1" for choice in choices)


class Turner(Piece):
    """Two touches and "1 of 3": at the right where the screen lies, along the foot where it stands."""

    def cut(self, page: tuple[int, int], box: Box, choose: Callable[[str], None]) -> Box:
        """Takes its room from the box where there is more than one page; gives what is left."""
        self.show(page[1] > 1)
        if page[1] <= 1:
            return box
        gap = self.u(theme.GAP)
        if box.wide:
            mine, rest = box.cut_right(self.u(96), gap)
            places = mine.cut_top(min(self.u(112), mine.h * 0.4)), mine.cut_bottom(min(self.u(112), mine.h * 0.4))
            self._draw(page, places[0][0], mine.middle(mine.w, self.u(32)), places[1][0], choose)
        else:
            mine, rest = box.cut_bottom(self.u(72), gap)
            left, middle, right = mine.columns(3, gap)
            self._draw(page, left, middle, right, choose)
        self.put(mine)
        return rest

    def along(
        self, page: tuple[int, int], line: Box, choose: Callable[[str], None], *, by_button: bool = False
    ) -> Box:
        """Takes its room from the right of a line that other things lie in too; gives what is left of it.

        by_button: one of the ways on turns the page already, so here it is only said which it is.
        """
        self.show(page[1] > 1)
        if page[1] <= 1:
            return line
        for leaf in (self.ids.earlier, self.ids.later):
            leaf.show(not by_button)
        if by_button:
            mine, rest = line.cut_right(self.u(96), self.u(theme.GAP))
            self.ids.page.say(wording.page(*page), mine)
            self.put(mine)
            return rest
        mine, rest = line.cut_right(self.u(248), self.u(theme.GAP))
        before, middle = mine.cut_left(self.u(80))
        after, middle = middle.cut_right(self.u(80))
        self._draw(page, before, middle, after, choose)
        self.put(mine)
        return rest

    def _draw(
        self, page: tuple[int, int], before: Box, middle: Box, after: Box, choose: Callable[[str], None]
    ) -> None:
        this, of_all = page
        earlier = Choice(
            "page:-1", wording.EARLIER, "arrow-up" if before.x == after.x else "arrow-left", able=this > 1
        )
        later = Choice(
            "page:1", wording.LATER, "arrow-down" if before.x == after.x else "arrow-right", able=this < of_all
        )
        self.ids.earlier.say(earlier, before, choose)
        self.ids.page.say(wording.page(this, of_all), middle)
        self.ids.later.say(later, after, choose)


load(__file__)
