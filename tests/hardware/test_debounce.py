"""What people meant by the edges of the buttons. Time is told, so nothing here waits.

Behaviours are numbered as in the hardware notes.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.debounce import ButtonTiming, Debouncer
from hardware.signals import (
    ButtonFreed,
    ButtonPressed,
    ButtonReleased,
    ButtonsHeld,
    ButtonsTogether,
    ButtonStuck,
    Signal,
)

NAMES = ("yes", "no", "abstain")
Edges = Sequence[tuple[str, bool, float]]
"""Button, closed, milliseconds after the beginning."""

LONG_AFTER = 60_000.0  # milliseconds

steady = settings(deadline=None, derandomize=True)
"""The same examples each time, however busy the machine."""


def judged(
    edges: Edges,
    *,
    ticks: Iterable[float] = (),
    closed: Sequence[str] = (),
    settle: float = 0.0,
    until: float = LONG_AFTER,
) -> list[Signal]:
    """All that is said to these edges; `ticks` are more moments at which the time is told."""
    debouncer = Debouncer(NAMES, timing=ButtonTiming(settle=settle))
    debouncer.begin(0.0, closed)
    said: list[Signal] = []
    steps = [(at, 0, (name, down)) for name, down, at in edges] + [(at, 1, None) for at in ticks]
    for at, _, edge in sorted(steps, key=lambda step: step[:2]):
        said += debouncer.tick(at / 1000) if edge is None else debouncer.edge(*edge, at / 1000)
    return said + debouncer.tick(until / 1000)


def press(name: str, at: float, length: float = 150.0) -> Edges:
    return [(name, True, at), (name, False, at + length)]


def chatter(name: str, at: float, edges: int, within: float) -> list[tuple[str, bool, float]]:
    """Edges that begin with closing, evenly within so many milliseconds."""
    return [(name, number % 2 == 0, at + within * number / edges) for number in range(edges)]


def in_time(*edges: Edges) -> Edges:
    return sorted((edge for some in edges for edge in some), key=lambda edge: edge[2])


def kinds(signals: list[Signal]) -> list[type[Signal]]:
    return [type(signal) for signal in signals]


def presses(signals: list[Signal]) -> list[str]:
    return [signal.button for signal in signals if isinstance(signal, ButtonPressed)]


def test_a_press_is_said_once_with_its_moment_and_how_long_it_lasted() -> None:
    pressed, released = judged(press("yes", 1000, 150))
    assert isinstance(pressed, ButtonPressed)
    assert (pressed.device, pressed.button, pressed.at) == ("buttons", "yes", 1.0)
    assert isinstance(released, ButtonReleased)
    assert (released.button, released.at) == ("yes", 1.15)
    assert released.held == pytest.approx(0.15)


def test_fifteen_bounces_in_ten_milliseconds_are_one_press() -> None:
    """Behaviour 22: a worn switch does not vote several times."""
    edges = [*chatter("yes", 1000, 15, 10), ("yes", False, 1200)]
    assert kinds(judged(edges)) == [ButtonPressed, ButtonReleased]


def test_bouncing_while_letting_go_is_no_second_press() -> None:
    """Behaviour 22."""
    edges = [("no", True, 1000), *((name, not down, at) for name, down, at in chatter("no", 1200, 15, 10))]
    assert kinds(judged(edges)) == [ButtonPressed, ButtonReleased]


@pytest.mark.parametrize(("length", "count"), [(1, 0), (10, 0), (19, 0), (20, 1), (21, 1), (40, 1), (79, 1)])
def test_a_press_counts_from_twenty_milliseconds(length: float, count: int) -> None:
    """Behaviour 22: a spark on the wire is no vote, a quick finger is one."""
    assert len(presses(judged(press("yes", 1000, length)))) == count


def test_after_a_bounce_that_was_no_press_the_next_press_works() -> None:
    """Behaviour 22 (gpiozero#1039): what ended inside the bounce leaves nothing behind that eats the next press."""
    edges = [*chatter("yes", 1000, 14, 10), *press("yes", 1030)]
    said = judged(edges)
    assert presses(said) == ["yes"]
    assert said[0].at == 1.03


@pytest.mark.parametrize(("pause", "count"), [(30, 1), (149, 1), (151, 2), (300, 2)])
def test_a_contact_that_lets_go_for_a_moment_does_not_choose_twice(pause: float, count: int) -> None:
    """Behaviour 22: without this, one long press on a worn button is two ballots."""
    edges = [*press("yes", 1000, 500), *press("yes", 1500 + pause, 500)]
    assert presses(judged(edges)) == ["yes"] * count


@pytest.mark.parametrize("apart", [0, 1, 30, 79])
def test_two_buttons_together_are_nobodys_choice(apart: float) -> None:
    """Behaviour 24: an elbow on two buttons is not two votes, and not one either."""
    said = judged(in_time(press("no", 1000), press("yes", 1000 + apart)))
    (together,) = said
    assert isinstance(together, ButtonsTogether)
    assert together.buttons == ("yes", "no")


def test_two_buttons_just_not_together_are_two_choices() -> None:
    """Behaviour 24: two people may stand at the kiosk."""
    said = judged(in_time(press("no", 1000), press("yes", 1081)))
    assert presses(said) == ["no", "yes"]


def test_short_presses_together_are_nobodys_choice_although_both_are_over() -> None:
    """Behaviour 24."""
    assert kinds(judged(in_time(press("no", 1000, 25), press("yes", 1070, 25)))) == [ButtonsTogether]


def test_three_in_a_row_are_one_group() -> None:
    """Behaviour 24: a hand rolling over the buttons leaves no vote for the last one."""
    edges = in_time(press("no", 1000), press("yes", 1070), press("abstain", 1140))
    (together,) = judged(edges)
    assert isinstance(together, ButtonsTogether)
    assert together.buttons == NAMES


def test_a_second_button_that_still_bounces_is_waited_for() -> None:
    """Behaviour 24: a press is not said while it may yet turn out to be one of two."""
    edges = in_time(press("no", 1000), press("yes", 1079))
    assert kinds(judged(edges, ticks=[1080, 1085, 1098])) == [ButtonsTogether]


def test_a_second_button_that_only_sparked_takes_no_vote_away() -> None:
    edges = in_time(press("no", 1000), press("yes", 1075, 10))
    assert presses(judged(edges)) == ["no"]


def test_an_edge_that_is_told_too_late_never_makes_a_second_vote() -> None:
    """Behaviour 24: the machine was busy; the first press was said already."""
    debouncer = Debouncer(NAMES, timing=ButtonTiming(settle=0))
    debouncer.begin(0.0)
    debouncer.edge("no", True, 1.0)
    assert kinds(debouncer.tick(1.1)) == [ButtonPressed]
    debouncer.edge("yes", True, 1.05)  # happened before 1.1, comes after
    assert not presses(debouncer.tick(2.0))


def test_after_a_chord_the_next_single_press_counts() -> None:
    edges = [*in_time(press("no", 1000), press("yes", 1010)), *press("yes", 1500)]
    assert kinds(judged(edges)) == [ButtonsTogether, ButtonPressed, ButtonReleased]


def test_held_for_three_seconds_is_said_once() -> None:
    said = judged(press("yes", 1000, 5000))
    assert kinds(said) == [ButtonPressed, ButtonsHeld, ButtonReleased]
    held = said[1]
    assert isinstance(held, ButtonsHeld)
    assert (held.buttons, held.at) == (("yes",), 4.0)


def test_all_held_for_three_seconds_names_all() -> None:
    """The way into the check of the hardware by the buttons alone."""
    edges = in_time(*(press(name, 1000 + 10 * number, 4000) for number, name in enumerate(NAMES)))
    together, held = judged(edges)
    assert isinstance(together, ButtonsTogether)
    assert isinstance(held, ButtonsHeld)
    assert held.buttons == NAMES
    assert held.at == pytest.approx(4.02)


def test_a_button_added_to_a_held_one_must_be_held_three_seconds_itself() -> None:
    edges = in_time(press("yes", 1000, 8000), press("no", 5000, 3500))
    held = [signal for signal in judged(edges) if isinstance(signal, ButtonsHeld)]
    assert [(signal.buttons, signal.at) for signal in held] == [(("yes",), 4.0), (("yes", "no"), 8.0)]


def test_letting_go_of_one_of_two_held_buttons_is_not_a_new_message() -> None:
    edges = in_time(press("yes", 1000, 9000), press("no", 1010, 4000))
    held = [signal for signal in judged(edges) if isinstance(signal, ButtonsHeld)]
    assert [signal.buttons for signal in held] == [("yes", "no")]


def test_held_again_after_letting_go_is_a_new_message() -> None:
    edges = [*press("yes", 1000, 4000), *press("yes", 6000, 4000)]
    held = [signal for signal in judged(edges) if isinstance(signal, ButtonsHeld)]
    assert [signal.at for signal in held] == [4.0, 9.0]


def test_a_button_down_for_ten_seconds_is_stuck_until_it_comes_up() -> None:
    """Behaviour 23: a coffee cup on a button does not disable the others, and does not need a restart."""
    edges = in_time(press("yes", 1000, 20_000), press("no", 15_000), press("yes", 22_000))
    said = judged(edges)
    assert kinds(said) == [
        ButtonPressed,
        ButtonsHeld,
        ButtonStuck,
        ButtonPressed,
        ButtonReleased,
        ButtonReleased,
        ButtonFreed,
        ButtonPressed,
        ButtonReleased,
    ]
    assert said[2].at == 11.0
    assert presses(said) == ["yes", "no", "yes"]


def test_a_button_down_at_the_start_is_stuck_and_never_pressed() -> None:
    """Behaviour 23: nobody votes by the kiosk being switched on."""
    edges = in_time([("yes", False, 5000)], press("no", 2000), press("yes", 6000))
    said = judged(edges, closed=["yes"], settle=0.3)
    assert isinstance(said[0], ButtonStuck)
    assert said[0].at == pytest.approx(0.3)
    assert presses(said) == ["no", "yes"]
    assert [signal.at for signal in said if isinstance(signal, ButtonFreed)] == [5.0]


def test_what_is_stuck_is_named_as_trouble_while_it_lasts() -> None:
    debouncer = Debouncer(NAMES, timing=ButtonTiming(settle=0.3))
    debouncer.begin(0.0, ["no"])
    debouncer.tick(1.0)
    assert debouncer.trouble == '"no" is stuck; the others work'
    debouncer.edge("no", False, 2.0)
    debouncer.tick(3.0)
    assert not debouncer.trouble


def test_the_noise_of_switching_on_is_nobodys_choice() -> None:
    """Behaviour 27."""
    edges = [*press("yes", 50, 100), *chatter("no", 200, 16, 40)]
    assert judged(edges, settle=0.3) == []


def test_nothing_is_due_while_nothing_happens() -> None:
    """An idle kiosk must not wake up to look at its buttons."""
    debouncer = Debouncer(NAMES)
    debouncer.begin(0.0)
    assert debouncer.due() == pytest.approx(0.3)
    debouncer.tick(0.3)
    assert debouncer.ready
    assert debouncer.due() is None
    debouncer.edge("yes", True, 1.0)
    assert debouncer.due() == pytest.approx(1.02)


# -- for all edges whatever

edges_of_life = st.lists(
    st.tuples(st.sampled_from(NAMES), st.one_of(st.integers(0, 60), st.integers(0, 400), st.integers(0, 12_000))),
    max_size=40,
)


def toggled(steps: list[tuple[str, int]]) -> list[tuple[str, bool, float]]:
    """Edges from (button, milliseconds since the edge before); each turns its button over; all end up."""
    now, down, edges = 0.0, dict.fromkeys(NAMES, False), []
    for name, pause in steps:
        now += pause
        down[name] = not down[name]
        edges.append((name, down[name], now))
    return edges + [(name, False, now + 500) for name in NAMES if down[name]]


def the_end(edges: Edges) -> float:
    return max((at for _, _, at in edges), default=0.0) + LONG_AFTER


@steady
@given(steps=edges_of_life, ticks=st.lists(st.integers(0, 20_000), max_size=40))
def test_how_often_the_time_is_told_changes_nothing(steps: list[tuple[str, int]], ticks: list[int]) -> None:
    """A busy machine and an idle one hear the same votes."""
    edges = toggled(steps)
    end = the_end(edges)
    assert judged(edges, ticks=[tick for tick in ticks if tick < end], until=end) == judged(edges, until=end)


@steady
@given(steps=edges_of_life)
def test_each_press_said_is_released_once_and_before_the_next(steps: list[tuple[str, int]]) -> None:
    edges = toggled(steps)
    said = judged(edges, until=the_end(edges))
    for name in NAMES:
        own = [
            type(signal)
            for signal in said
            if isinstance(signal, ButtonPressed | ButtonReleased) and signal.button == name
        ]
        assert own == [ButtonPressed, ButtonReleased] * (len(own) // 2)


@steady
@given(steps=edges_of_life)
def test_no_two_presses_are_nearer_than_a_person_can_mean(steps: list[tuple[str, int]]) -> None:
    """Behaviours 22 and 24, for every sequence of edges."""
    edges = toggled(steps)
    pressed = [signal for signal in judged(edges, until=the_end(edges)) if isinstance(signal, ButtonPressed)]
    for before, after in pairwise(sorted(pressed, key=lambda signal: signal.at)):
        assert after.at - before.at > (0.149 if before.button == after.button else 0.080)


@steady
@given(steps=edges_of_life, late=st.integers(1, 50))
def test_even_edges_told_late_never_make_two_votes_of_one_moment(steps: list[tuple[str, int]], late: int) -> None:
    """Behaviour 24: the time runs ahead of the edges, as on a machine that is out of breath."""
    debouncer = Debouncer(NAMES, timing=ButtonTiming(settle=0))
    debouncer.begin(0.0)
    said: list[Signal] = []
    edges = toggled(steps)
    for name, down, at in edges:
        said += debouncer.tick((at + late) / 1000)
        said += debouncer.edge(name, down, at / 1000)
    said += debouncer.tick(the_end(edges) / 1000)
    pressed = sorted((signal for signal in said if isinstance(signal, ButtonPressed)), key=lambda s: s.at)
    assert all(after.at - before.at > 0.080 for before, after in pairwise(pressed))


@steady
@given(steps=edges_of_life)
def test_stuck_and_freed_come_in_turns(steps: list[tuple[str, int]]) -> None:
    edges = toggled(steps)
    said = judged(edges, until=the_end(edges))
    for name in NAMES:
        own = [
            type(signal)
            for signal in said
            if isinstance(signal, ButtonStuck | ButtonFreed) and signal.button == name
        ]
        assert own == [ButtonStuck, ButtonFreed] * (len(own) // 2)
