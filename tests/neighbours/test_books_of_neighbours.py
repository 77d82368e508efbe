"""What two shops have with each other stands in both books; laid together they must come to zero. This is the audit
between shops: nobody else keeps an account of it."""

import random

import bookkeepers as judge
from archipelago import DAY, Shore, talk

from kiosk.reports.ledger_hledger import journal
from kiosk.reports.postings import books

NAMES = ("Canal Street", "Mill Lane", "Harbour", "North Gate", "Station Yard")
LINKS = ((0, 1), (1, 2), (2, 3), (3, 4), (4, 0), (0, 2))
"""With circles among them, as neighbours have."""


def books_of(shore: Shore) -> str:
    return "\n".join(journal(books(shore.name, shore.entries, shore.state))) + "\n"


def between(journals: list[str]) -> dict[str, int]:
    """What hledger makes of the neighbours' accounts in all these books, account by account."""
    found: dict[str, int] = {}
    for text in journals:
        assert judge.faults_for_hledger(text) == ""
        for (account, commodity), count in judge.balances_by_hledger(text).items():
            if account.startswith("neighbours:"):
                assert commodity == "MIN"
                found[account] = found.get(account, 0) + int(count)
    return found


def test_the_books_of_two_shops_come_to_zero_together():
    here, there = Shore("Canal Street", 10), Shore("Mill Lane", 11)
    here.link(there)
    there.link(here)
    talk(here, there)
    here.offer(there, 90)
    there.offer(here, 30)
    talk(here, there, note=True)
    found = between([books_of(here), books_of(there)])
    assert found == {"neighbours:Mill Lane": -60, "neighbours:Canal Street": 60}
    together = books_of(here) + books_of(there).replace("decimal-mark .\n", "")
    done = judge.hledger(together, "balance", "neighbours", "--depth", "1")
    assert done.stdout.strip().splitlines()[-1].strip() == "0"


def test_a_year_of_five_shops_with_circles_and_bad_lines_comes_to_zero():
    dice = random.Random(1)
    shores = [Shore(name, 10 + number) for number, name in enumerate(NAMES)]
    for one, other in LINKS:
        shores[one].link(shores[other])
        shores[other].link(shores[one])
    accepted = 0
    for day in range(365):
        for shore in shores:
            shore.ms = day * DAY
        for one, other in LINKS:
            here, there = (shores[one], shores[other]) if dice.random() < 0.5 else (shores[other], shores[one])
            if dice.random() < 0.15:
                minutes = 15 * dice.choice([-4, -2, -1, 1, 2, 4])
                accepted += isinstance(here.offer(there, minutes, dice.randrange(3), dice.randrange(3)), tuple)
            if dice.random() < 0.3:  # a line that is open now and then, or a stick
                here.close(there, note=dice.random() < 0.2)
                there.hear_all(here)
    for one, other in LINKS:
        talk(shores[one], shores[other], note=True)
    assert accepted > 100
    found = between([books_of(shore) for shore in shores])
    assert any(found.values())
    assert sum(found.values()) == 0
    for one, other in LINKS:
        assert shores[one].has(shores[other]) + shores[other].has(shores[one]) == 0
        assert shores[one].state.neighbours[shores[other].name].differs == 0
