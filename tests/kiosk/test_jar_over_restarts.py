"""A power cut in the middle of a Friday costs nobody a cent: the jar comes back from the file as it was."""

from kiosk.amounts import JAR, BadgeHash
from kiosk.clock import SystemClock
from kiosk.commands import (
    ArgueDownside,
    BorrowTool,
    CloseFriday,
    CountJar,
    Found,
    GiveMoney,
    NewBadge,
    OpenCircle,
    OpenFriday,
    ProposeProject,
    Refusal,
    SecondProject,
    ShelveTool,
    TakeCoin,
    VoidRound,
)
from kiosk.core import Core
from kiosk.state import restore
from kiosk.store import Store, differing

ADA, BEN, CY = (BadgeHash(name) for name in ("ada", "ben", "cy"))
PEOPLE = tuple((name, NewBadge(BadgeHash(name.lower()), "tag")) for name in ("Ada", "Ben", "Cy"))


class Kiosk:
    """A kiosk that is switched off and on again between any two things that people do."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, *commands):
        for command in commands:
            with Store.open(self.folder) as store:
                core = Core(store, restore(store.tables()), SystemClock())
                booked = core.handle(command)
                assert not isinstance(booked, Refusal), booked
                assert store.rebuilt == ""
                assert differing(store) == ()
                self.state = core.state
        return booked.entries[-1].id


def test_a_whole_friday_with_the_power_cut_after_every_entry(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk(TakeCoin(50, 5), TakeCoin(None, 3), Found(PEOPLE), GiveMoney(ADA, BEN, 99_50))
    saw = kiosk(ProposeProject(ADA, "a saw", 60_00, "tool repair"))
    ink = kiosk(ProposeProject(BEN, "ink", 30_00, "Posters & flyers"))
    kiosk(SecondProject(saw, CY), SecondProject(ink, CY), OpenCircle(ADA, (ADA, BEN, CY), 5))
    kiosk(CountJar(100_20, (ADA, CY)), ArgueDownside(saw, "it may rust"), ArgueDownside(ink))
    kiosk(OpenFriday(), VoidRound("power cut"))
    assert kiosk.state.friday is None
    assert kiosk.state.funds[JAR].cents == 100_20
    kiosk(OpenFriday(), TakeCoin(20, 4))
    kiosk(CloseFriday((frozenset({saw, ink}), frozenset({saw}), frozenset({ink}))))
    assert kiosk.state.funds[JAR].cents == 20
    assert {each.title for each in kiosk.state.purchases.values()} == {"a saw", "ink"}
    assert kiosk.state.reserves["strike reserve"].cents == 10_20
    kiosk(ShelveTool("AAAAAAAA", "Saw", (ADA, BEN)), BorrowTool("AAAAAAAA", CY))
    assert kiosk.state.tools["AAAAAAAA"].borrower == "Cy"
