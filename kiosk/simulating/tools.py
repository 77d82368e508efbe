"""The shelf of shared tools: borrowed, brought back, sometimes late; broken, and mended."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from kiosk.amounts import Handle
from kiosk.commands import BorrowTool, BreakTool, MendTool, ReturnTool, ShelveTool
from kiosk.demo import TOOLS as DEMO_TOOLS
from kiosk.simulating.clock import is_workday
from kiosk.simulating.hours import OPENS, SHUTS, Doing
from kiosk.simulating.jar import Jar
from kiosk.simulating.shop import Shop
from kiosk.simulating.words import BROKEN, TOOLS

SHELVED = 6
"""From which day on there is a shelf, counted from the founding."""

LATE = 0.08
"""How likely something comes back after its day."""


class Tools:
    """The shelf."""

    def __init__(self, shop: Shop, jar: Jar) -> None:
        self._shop = shop
        self._dice = shop.dice_for("tools")
        self._jar = jar
        self._back: dict[str, date] = {}
        self._mended: dict[str, date] = {}

    def day(self) -> Iterator[Doing]:
        """What is taken and brought today."""
        if not is_workday(self._shop.today) or len(self._shop.at_work) < 3:
            return
        if not self._shop.state.tools and self._shop.days_gone >= SHELVED:
            yield OPENS, self._shelve
        for tool in self._shop.state.tools.values():
            if tool.borrower and self._back.get(tool.label, self._shop.today) <= self._shop.today:
                yield self._some_time(), partial(self._bring, tool.label)
            elif tool.broken and self._mended.get(tool.label, self._shop.today) <= self._shop.today:
                yield self._some_time(), partial(self._mend, tool.label)
            elif not tool.borrower and not tool.broken and self._dice.random() < 0.15:
                yield self._some_time(), partial(self._borrow, tool.label)

    def _some_time(self) -> int:
        return self._dice.randint(OPENS, SHUTS)

    def _somebody(self) -> Handle:
        return self._dice.choice(self._shop.at_work)

    def _shelve(self) -> None:
        for label, name in (*DEMO_TOOLS.items(), *TOOLS):
            hands = self._shop.badges(self._shop.some(self._dice, 2))
            self._shop.must(ShelveTool(label, name, hands))

    def _borrow(self, label: str) -> None:
        self._shop.must(BorrowTool(label, self._shop.badge(self._somebody())))
        due = date.fromisoformat(self._shop.state.tools[label].due)
        late = self._dice.random() < LATE
        days = self._dice.randint(1, 4) if late else -self._dice.randint(0, 5)
        self._back[label] = due + timedelta(days=days)

    def _bring(self, label: str) -> None:
        """By whoever has it, or by somebody else; and sometimes it has broken."""
        tool = self._shop.state.tools[label]
        by = tool.borrower if tool.borrower in self._shop.at_work else self._somebody()
        self._shop.must(ReturnTool(label, self._shop.badge(by)))
        if self._dice.random() < 0.05:
            self._shop.must(BreakTool(label, self._shop.badge(by), self._dice.choice(BROKEN)))
            self._mended[label] = self._shop.today + timedelta(days=self._dice.randint(5, 20))
            self._jar.propose_repair(label, tool.name, by)

    def _mend(self, label: str) -> None:
        self._shop.must(MendTool(label, self._shop.badge(self._somebody())))
