"""The circle's screens: what must be seen from the other end of the room, and what nobody may see."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kivy.graphics import Rectangle
from msgspec.structs import replace

from kiosk.faces import BallotFace, ClosingFace, Decided, Doing, Face, Said, SpeakFace, Touch, VoteFace
from kiosk.screens import pictures, theme
from kiosk.screens.chips import Chips, Flow, flowed, pieces_of
from kiosk.screens.circle_samples import AGAINST, BALLOT, CIRCLE, CLOSING, GATHER, ROWS, SPEAK, THIRTY, VOTE
from kiosk.screens.odd import LONG_NAME, LONG_QUESTION
from kiosk.screens.pieces import Picture, Strip, Words
from kiosk.screens.ring import cuts_every, equal_cuts
from kiosk.screens.touchables import Tile
from kiosk.views.circle import decided_lines, doing_lines, pages_of

from .conftest import Finger, Play

Put = Callable[..., Play]
ROOM = (1280, 720)
SIZES = ((800, 480), ROOM, (720, 1280))


def seen(play: Play, kind: type) -> list[Any]:
    return [each for each in pictures.seen(play.stage) if isinstance(each, kind)]


def tiles(play: Play) -> list[Tile]:
    return [each for each in seen(play, Tile) if each.choice is not None]


def painted(play: Play) -> list[object]:
    """How each answer is painted, all but which one it is."""
    return [
        (tuple(tile.fill), tuple(tile.edge), tuple(tile._words.ink), tuple(tile._picture.ink))
        for tile in tiles(play)
    ]


# --- from the other end of the room ---------------------------------------------------------------------------


def test_the_time_can_be_read_from_the_other_end_of_the_room(play: Put) -> None:
    """Whoever speaks would have to come to the kiosk to see how long they have."""
    now = play(SPEAK, ROOM)
    figures = now.stage.screen.ids.figures
    wide, high = _ink_of(figures)
    assert high >= ROOM[1] / 8
    assert wide >= ROOM[0] / 4
    assert now.stage.screen.ids.ring.height >= 0.6 * ROOM[1]


def _ink_of(words: Words) -> tuple[int, int]:
    """How wide and high the pixels of a line really are."""
    (rectangle,) = [each for each in words.canvas.children if isinstance(each, Rectangle)]
    texture = rectangle.texture
    alphas = texture.pixels[3::4]
    rows = [row for row in range(texture.height) if any(alphas[row * texture.width : (row + 1) * texture.width])]
    columns = [column for column in range(texture.width) if any(alphas[column :: texture.width])]
    return columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_name_of_five_letters_is_as_large_as_a_headline(size: tuple[int, int], play: Put) -> None:
    """Nobody at the far end would know whose turn it is."""
    screen = play(SPEAK, size).stage.screen
    assert screen.ids.name.setting.size == screen.u(72)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_ring_is_large_on_every_screen(size: tuple[int, int], play: Put) -> None:
    """Its figures would shrink to a size that nobody reads from a chair."""
    screen = play(SPEAK, size).stage.screen
    assert screen.ids.figures.setting.size == screen.u(128)


def test_a_badge_is_awaited_only_where_it_is(play: Put) -> None:
    """Everybody would tap where no tap is wanted."""
    assert [strip for strip in seen(play(GATHER), Strip) if strip.height > 60]
    for face in (SPEAK, AGAINST, ROWS, VOTE, BALLOT):
        assert "badge" not in shown_pictures(play(face)), type(face).__name__
    assert "badge" in shown_pictures(play(CIRCLE["ballot-waiting"]))


def shown_pictures(play: Play) -> set[str]:
    return {picture._last[0] for picture in seen(play, Picture) if picture._last}


def test_time_that_is_up_is_said_and_not_cried(play: Put) -> None:
    """Somebody would be shamed by a red light, or nobody would know."""
    screen = play(CIRCLE["speak-time-is-up"], ROOM).stage.screen
    assert screen.ids.under.text == "time is up"
    assert screen.ids.figures.text == "0:00"
    assert tuple(screen.ids.ring.ink) == theme.INK
    assert tuple(screen.ids.under.ink) == theme.INK


def test_the_marked_row_is_the_only_black_one(play: Put) -> None:
    """Who walks the list with the buttons would not see where they are."""
    rows = play(ROWS, ROOM).stage.screen.rows
    assert [tuple(row.fill) == theme.INK for row in rows] == [False, True, False]
    assert [row.ids.mark._last[0] for row in rows] == ["", "circle", ""]
    others = play(replace(ROWS, rows=tuple(replace(row, tone="plain") for row in ROWS.rows)), ROOM)
    assert not [row for row in others.stage.screen.rows if tuple(row.fill) == theme.INK]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_row_of_120_letters_is_whole(size: tuple[int, int], play: Put) -> None:
    """One would vote on half a question."""
    rows = (replace(ROWS.rows[0], words=LONG_QUESTION), *ROWS.rows[1:])
    row = play(replace(ROWS, rows=rows), size).stage.screen.rows[0]
    set_words = row.ids.words.setting
    assert " ".join(set_words.lines).replace("\u00a0", " ") == LONG_QUESTION
    if size == ROOM:
        assert (len(set_words.lines), set_words.size) == (2, row.u(24))


# --- a second -------------------------------------------------------------------------------------------------


def test_a_second_draws_the_figures_alone(play: Put) -> None:
    """The whole screen would be set anew each second, all through the circle."""
    now = play(SPEAK, ROOM)
    before = Words.drawn
    now.show(replace(SPEAK, left=27))
    assert Words.drawn == before + 1


def test_a_touch_just_after_a_second_is_heard(play: Put, finger: Finger) -> None:
    """A third of all touches in the circle would be swallowed."""
    for face, later in ((SPEAK, replace(SPEAK, left=27)), (ROWS, replace(ROWS, words="Tomek · 0:27"))):
        now = play(face, ROOM)
        now.show(later)
        finger.tap_on(tiles(now)[-1])
        assert [touch.verb for touch in now.said] == ["choose"]


@pytest.mark.parametrize(
    ("face", "later"),
    [
        (SPEAK, replace(SPEAK, speaker="Priya", coming=("Luís", "Wen", "Ada"))),
        (BALLOT, replace(BALLOT, words="Luís", at=(3, 5))),
        (VOTE, CIRCLE["vote-stop"]),
    ],
    ids=["speak", "ballot", "vote"],
)
def test_a_second_finger_does_not_act_for_the_next_one(face: Face, later: Face, play: Put, finger: Finger) -> None:
    """A touch that bounces would pass for the next speaker too, or answer for the next candidate."""
    now = play(face, ROOM)
    now.show(later)
    finger.tap_on(tiles(now)[0])
    assert now.said == []
    now.settle()
    finger.tap_on(tiles(now)[0])
    assert len(now.said) == 1


# --- what nobody may see --------------------------------------------------------------------------------------


def test_the_three_answers_are_equal(play: Put) -> None:
    """One of them would be the expected one."""
    for face in (VOTE, replace(VOTE, resting=True), CIRCLE["vote-stop"], BALLOT):
        for size in SIZES:
            now = play(face, size)
            looks, seen_tiles = painted(now), tiles(now)
            assert len(looks) == 3
            assert len(set(looks)) == 1
            wide, high = zip(*(tile.size for tile in seen_tiles), strict=True)
            assert max(wide) - min(wide) <= 1  # a third of a screen is no whole pixel
            assert max(high) == min(high)


def test_a_finger_on_an_answer_lights_nothing(play: Put, finger: Finger) -> None:
    """From the side one would see what somebody presses."""
    for face in (VOTE, BALLOT):
        now = play(face, ROOM)
        before = painted(now)
        for tile in tiles(now):
            touch = finger.press(*tile.center)
            pictures.turn()
            assert painted(now) == before
            touch.touch_up()
        assert len(now.said) == 3


def test_buttons_that_rest_are_seen_to_rest_and_still_say_what_is_pressed(play: Put, finger: Finger) -> None:
    """A press that does not count would look as if it did; and the kiosk could not say so."""
    now = play(VOTE, ROOM)
    awake = painted(now)
    now.show(replace(VOTE, pressed=6, resting=True))
    assert painted(now) != awake
    finger.tap_on(tiles(now)[1])
    assert now.said == [Touch("choose", "press:no")]
    now.show(replace(VOTE, pressed=6))
    assert painted(now) == awake


@pytest.mark.parametrize("face", [VOTE, BALLOT], ids=["vote", "ballot"])
def test_a_vote_is_black_from_edge_to_edge_and_paper_comes_back(face: Face, play: Put) -> None:
    """The room would not see that a vote is open, or that it no longer is."""
    now = play(face, ROOM)
    assert tuple(now.stage._paper.fill) == theme.INK
    now.show(SPEAK)
    assert tuple(now.stage._paper.fill) == theme.PAPER


@pytest.mark.parametrize("tone", ["trouble", "done", "plain"])
def test_what_is_said_over_a_vote_stands_out_from_it(tone: Any, play: Put) -> None:
    """ "That one did not count" would be black on black."""
    said = Said("One moment", "That one did not count.", tone=tone)
    sheet = play(replace(VOTE, frame=replace(VOTE.frame, said=said)), ROOM).stage.children[0]
    assert theme.contrast(tuple(sheet.ids.slab.fill), theme.INK) >= 2.5
    assert theme.contrast(tuple(sheet.ids.words.ink), tuple(sheet.ids.slab.fill)) >= 4.5


def test_the_way_out_of_a_vote_is_to_stop_it(play: Put, finger: Finger) -> None:
    """There would be no way to end a vote that nobody presses in any more."""
    for face in (VOTE, BALLOT):
        now = play(face)
        assert now.stage.screen.around.ids.back.ids.words.text == "stop"
        finger.tap_on(now.stage.screen.around.ids.back)
        assert now.said == [Touch("back")]


# --- time, people, and what was heard -------------------------------------------------------------------------


@given(st.integers(1, 900), st.integers(1, 60))
def test_a_ring_is_cut_in_order_and_leaves_no_sliver(of: int, part: int) -> None:
    """A part would be too thin to be seen, or the ring a comb."""
    cuts = cuts_every(part, of)
    assert cuts == sorted(set(cuts))
    assert all(0 <= cut <= 0.97 for cut in cuts)
    assert len(cuts) <= -(-of // part)


@pytest.mark.parametrize(("people", "parts"), [(0, 0), (1, 0), (2, 2), (8, 8), (30, 30)])
def test_the_five_minutes_fall_into_as_many_parts_as_people(people: int, parts: int, play: Put) -> None:
    """Nobody would see that the time is shared equally."""
    assert len(equal_cuts(people)) == parts
    ring = play(replace(GATHER, here=THIRTY[:people]), ROOM).stage.screen.ids.ring
    assert ring._last[1] == tuple(equal_cuts(people))


def test_where_names_have_no_room_there_is_a_dot_for_each(play: Put) -> None:
    """With thirty people some would be missing from the circle."""
    screen = play(CIRCLE["speak-thirty"], ROOM).stage.screen
    assert (len(screen.ids.chips.chips), screen.ids.dots._last[:2]) == (0, (12, 30))
    screen = play(SPEAK, ROOM).stage.screen
    assert [chip._words.text for chip in screen.ids.chips.chips] == [*SPEAK.spoken, SPEAK.speaker, *SPEAK.coming]


def test_chips_tell_by_shape_who_has_spoken(play: Put) -> None:
    """By colour alone somebody would not see whose turn is next."""
    chips = play(SPEAK, ROOM).stage.screen.ids.chips.chips
    ticked = [chip._tick._last[0] for chip in chips]
    assert ticked == ["check"] * 3 + [""] * 5
    assert [tuple(chip.edge) == theme.INK for chip in chips] == [True] * 4 + [False] * 4


def test_what_was_heard_last_is_kept_where_not_all_has_room(play: Put) -> None:
    """The oldest would stand there for the whole circle, and nothing new."""
    flow = play(CIRCLE["speak-time-is-up"], ROOM).stage.screen.ids.flow
    texts = [words.text for words in flow.runs]
    assert texts[-1] == "money"
    assert "flour order" not in " ".join(texts)


@given(
    st.lists(st.tuples(st.text("ab c", max_size=60), st.text("de f", max_size=60)), max_size=12),
    st.integers(120, 600),
)
def test_words_that_flow_are_all_there_and_within_their_lines(heard: list[tuple[str, str]], wide: int) -> None:
    """Half of what somebody said would be missing, or run over the edge."""
    lines = flowed(pieces_of(heard), 24, wide)
    assert all(run.x + run.wide <= wide + 1 for line in lines for run in line)
    letters = "".join(run.text for line in lines for run in line)
    said = "".join(each for pair in heard for each in pair)
    assert [letter for letter in letters if letter in "abcdef"] == [letter for letter in said if letter in "abcdef"]


def test_pieces_never_take_more_than_their_room() -> None:
    """Chips would lie over the buttons."""
    chips, flow = Chips(), Flow()
    for wide in (200, 344, 597):
        for count in (1, 3, 8, 30):
            laid = chips.fit([(name, "done") for name in THIRTY[:count]], (wide, 140))
            assert laid is None or (laid.high <= 141 and max(box.right for box in laid.boxes) <= wide)
        assert len(flow.fit([("one priority", "one obstacle")] * 20, (wide, 70))) * flow.line <= 71


# --- the end --------------------------------------------------------------------------------------------------

LETTERS = st.text("abcdefgh ij", min_size=1, max_size=120).map(lambda text: " ".join(text.split()) or "a")
DECIDED = st.builds(Decided, words=LETTERS, more=st.just("carried, 6 to 2 · looked at again 27 Nov"))
DOING = st.builds(Doing, who=st.sampled_from(["Jo", LONG_NAME]), words=LETTERS, by=st.just("by Wed 30 Nov"))


@given(st.lists(DECIDED, max_size=9), st.lists(DOING, max_size=9))
def test_nothing_is_lost_between_the_pages_of_the_end(decided: list[Decided], doing: list[Doing]) -> None:
    """Somebody's task would be on no page."""
    for things, lines in ((decided, decided_lines), (doing, doing_lines)):
        pages = pages_of(things, lines)
        assert [thing for page in pages for thing in page] == things
        assert all(pages)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("length", [10, 26, 55, 83, 119, 120])
def test_a_page_of_the_end_has_room_on_every_screen(length: int, size: tuple[int, int], play: Put) -> None:
    """The last line would lie under the button."""
    words = (LONG_QUESTION.upper() if length == 119 else LONG_QUESTION * 2)[:length].strip()
    decided = [Decided(words, "carried, 6 to 2 · looked at again 27 Nov", "carried")] * 6
    doing = [Doing(LONG_NAME, words, "by Wed 30 Nov")] * 6
    face = replace(
        CLOSING, decided=pages_of(decided, decided_lines)[0], doing=pages_of(doing, doing_lines)[0], page=(1, 3)
    )
    assert _fits(play(face, size), face)


def _fits(now: Play, face: ClosingFace) -> bool:
    screen = now.stage.screen
    lists = (screen.ids.decided, screen.ids.doing)
    lowest = min(
        text.y for each in lists for line in each.lines for text in pictures.seen(line) if isinstance(text, Words)
    )
    assert sum(len(each.lines) for each in lists) == len(face.decided) + len(face.doing)
    assert not pictures.measure(now.stage)
    return bool(lowest >= screen.ids.ways.top - 2)


# --- no word is without a face --------------------------------------------------------------------------------


def test_every_word_of_a_face_is_on_its_screen(play: Put) -> None:
    """What the views say would not be seen."""
    for name in ("speak", "against", "gather-empty", "vote", "outcome", "closing", "ballot", "ask-about"):
        texts = {words.text for words in seen(play(CIRCLE[name], ROOM), Words)}
        for field in (
            "speaker",
            "under",
            "prompt",
            "about",
            "words",
            "question",
            "meaning",
            "again",
            "facts",
            "hint",
        ):
            said = getattr(CIRCLE[name], field, "")
            assert not said or said in texts, (name, said)


def test_samples_hold_the_odd() -> None:
    """The screens above would be drawn for easy names alone."""
    assert len(LONG_NAME) == 24
    assert 110 <= len(LONG_QUESTION) <= 120
    assert {type(face) for face in CIRCLE.values()} >= {SpeakFace, VoteFace, BallotFace, ClosingFace}
