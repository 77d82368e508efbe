"""Twelve projects with titles of 120 letters, from the list to zero: all that people wrote is there to be read."""

from typing import Any

import pytest
from by_hand import Kiosk
from hypothesis import given
from hypothesis import strategies as st

from kiosk.commands import GiveMoney, ProposeProject, SecondProject
from kiosk.core import Booked
from kiosk.demo import MEMBERS, UIDS
from kiosk.faces import BallotFace, CountingFace, EmptiedFace, FrozenFace, JarFace
from kiosk.screens import pictures
from kiosk.screens.odd import COMPOUND, LONG_QUESTION
from kiosk.views.scene import paged_by

SIZES = ((800, 480), (1280, 720), (720, 1280))
FRIDAY = 4 * 24 * 3600
TITLES = [f"{title[:-2]}{number:02}" for number in range(6) for title in (COMPOUND, LONG_QUESTION)]


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """What the screen showed, from the jar's page to the empty jar."""
    kiosk = Kiosk(tmp_path_factory.mktemp("kiosk"))
    kiosk.wait(FRIDAY)

    def badge(name: str) -> Any:
        return kiosk.key.hash("nfc", UIDS[name])

    def book(command: Any) -> Any:
        answer = kiosk.core.handle(command)
        assert isinstance(answer, Booked), answer
        kiosk.clock.ms += 60_000
        return answer.entries[-1].id

    book(GiveMoney(badge("Amina"), badge("Jo"), 49000))
    for place, title in enumerate(TITLES):
        one, other = MEMBERS[place % 3], MEMBERS[3]
        name = book(ProposeProject(badge(one), title, 4000 + place * 1000, "other"))
        book(SecondProject(name, badge(other)))
    kiosk.touch("jar")
    for _ in range(len(TITLES)):
        kiosk.touch("page:1")
    kiosk.wait(61)
    kiosk.gather(*MEMBERS[:5])
    kiosk.press("yes", "yes", *["no"] * 4, "yes", *["no"] * 9, "yes", "yes", "yes")
    kiosk.tap("Amina")
    kiosk.tap("Jo")
    kiosk.press("yes", *["no"] * len(TITLES))
    for _ in range(len(TITLES)):
        kiosk.touch("page:1")
    kiosk.press("yes")
    for name in MEMBERS[:5]:
        kiosk.tap(name)
        kiosk.press(*["yes"] * len(TITLES))
    kiosk.wait(7)
    while isinstance(kiosk.faces[-1], CountingFace):
        kiosk.press(*["no"] * (kiosk.faces[-1].page[1] - 1), "yes")
    kiosk.press(*["no"] * (kiosk.faces[-1].page[1] - 1))
    return kiosk.faces


def of(faces: list[Any], kind: type) -> list[Any]:
    return [face for face in faces if isinstance(face, kind)]


def test_every_project_is_on_some_page_of_every_list(faces: list[Any]) -> None:
    """What is on no page was voted on and given away behind everybody's back."""
    frozen = {each.title for face in of(faces, FrozenFace) for each in face.projects}
    assert {line.title for face in of(faces, JarFace) for line in face.lines} == set(TITLES)
    assert frozen == set(TITLES)
    last = [face for face in of(faces, CountingFace) if face.frame.title == of(faces, CountingFace)[-1].frame.title]
    assert {each.title for face in last for each in face.projects} == set(TITLES)
    bought = {each.title for face in last for each in face.projects if each.standing in ("bought", "buying")}
    assert bought
    assert {each.words for face in of(faces, EmptiedFace) for each in face.gone if each.how == "spent"} == bought
    assert of(faces, BallotFace)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("kind", [JarFace, FrozenFace, BallotFace, CountingFace, EmptiedFace])
def test_nothing_that_people_wrote_is_cut_off(kind: type, size: tuple[int, int], faces: list[Any]) -> None:
    shown = of(faces, kind)
    for face in (shown[0], shown[-1]):
        assert pictures.measure(pictures.staged(face, size)) == []


@given(st.lists(st.integers(1, 12), max_size=40), st.integers(1, 10))
def test_pages_hold_all_in_order_and_none_is_fuller_than_it_may_be(sizes: list[int], room: int) -> None:
    items = tuple(enumerate(sizes))
    pages = paged_by(items, sizes, 0, room)[1][1]
    told = [paged_by(items, sizes, page, room)[0] for page in range(pages)]
    assert tuple(item for page in told for item in page) == items
    assert all(len(page) == 1 or sum(size for _, size in page) <= room for page in told)
    assert paged_by(items, sizes, pages, room) == paged_by(items, sizes, 0, room)
