"""Coins on the pulse line: first pure, with told time; then the real driver on pretend pins.

Behaviours are numbered as in the hardware notes.
"""

import time
from collections.abc import Iterator, Mapping, Sequence

import pytest
from gpiozero import DigitalOutputDevice
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hardware.coin_acceptor import CoinAcceptor, CoinPulses, doubtful_counts
from hardware.pretend.ear import Ear
from hardware.pretend.pins import PretendPins
from hardware.rig import COINS, CoinSettings, RigSettings
from hardware.signals import CoinDropped, CoinUnidentified, DeviceState, Signal

Pulse = tuple[float, float]
"""Seconds on, seconds off after it."""

steady = settings(deadline=None, derandomize=True)
"""The same examples each time, however busy the machine."""

WIDTHS = [0.025, 0.045, 0.065, 0.100]
BEGIN = 10.0  # seconds, long after the noise of switching on
QUIET = 1.0  # seconds, longer than any group may pause
VALUES = {value: count for count, value in COINS.items()}


def coin(pulses: int, nominal: float = 0.065) -> list[Pulse]:
    return [(nominal, nominal)] * pulses


def then(pulses: Sequence[Pulse], pause: float, more: Sequence[Pulse]) -> list[Pulse]:
    """Both, with so many seconds between the last pulse of one and the first of the other."""
    return [*pulses[:-1], (pulses[-1][0], pause), *more]


def edges(pulses: Sequence[Pulse], at: float = BEGIN) -> list[tuple[bool, float]]:
    found = []
    for width, pause in pulses:
        found += [(True, at), (False, at + width)]
        at += width + pause
    return found


def judge(coins: Mapping[int, int] = COINS, *, nominal: float = 0.065, guarded: bool = False) -> CoinPulses:
    pulses = CoinPulses(coins, nominal=nominal, guarded=guarded)
    pulses.begin(0.0)
    return pulses


def judged(pulses: CoinPulses, line: Sequence[tuple[bool, float]], *, ticks: Sequence[float] = ()) -> list[Signal]:
    """All that is said to these edges; `ticks` are more moments at which the time is told."""
    said: list[Signal] = []
    steps = [(at, 0, closed) for closed, at in line] + [(at, 1, False) for at in ticks]
    for at, kind, closed in sorted(steps):
        said += pulses.tick(at) if kind else pulses.edge("coin line", closed, at)
    return said + pulses.tick(max(at for at, _, _ in steps) + QUIET)


def said_to(pulses: Sequence[Pulse], **how: object) -> list[Signal]:
    return judged(judge(**how), edges(pulses))  # type: ignore[arg-type]


def cents(signals: Sequence[Signal]) -> list[int]:
    return [signal.cents for signal in signals if isinstance(signal, CoinDropped)]


def unknown(signals: Sequence[Signal]) -> list[int]:
    return [signal.pulses for signal in signals if isinstance(signal, CoinUnidentified)]


# -- one coin


def uneven(nominal: float) -> st.SearchStrategy[float]:
    """A width or pause as the acceptor's sheet allows it: ±20 %."""
    return st.floats(0.8 * nominal, 1.2 * nominal)


@st.composite
def real_coins(draw: st.DrawFn) -> tuple[float, int, list[Pulse]]:
    """Nominal width, count, and the pulses of a coin such as a real acceptor makes them."""
    nominal = draw(st.sampled_from(WIDTHS))
    count = draw(st.sampled_from(sorted(COINS)))
    span = uneven(nominal)
    return nominal, count, draw(st.lists(st.tuples(span, span), min_size=count, max_size=count))


@steady
@given(real_coins())
def test_pulses_within_a_fifth_of_their_width_are_the_right_coin(real: tuple[float, int, list[Pulse]]) -> None:
    """Behaviour 29: nobody's coin is lost or taken for another by an acceptor that keeps to its sheet."""
    nominal, count, pulses = real
    (fell,) = said_to(pulses, nominal=nominal)
    assert isinstance(fell, CoinDropped)
    assert (fell.cents, fell.pulses) == (COINS[count], count)
    assert fell.at == pytest.approx(BEGIN + sum(width + pause for width, pause in pulses) - pulses[-1][1])


@steady
@given(real_coins(), st.lists(st.floats(9.0, 14.0), max_size=60))
def test_how_often_the_time_is_told_changes_nothing(
    real: tuple[float, int, list[Pulse]], ticks: list[float]
) -> None:
    nominal, _, pulses = real
    line = edges(pulses)
    assert cents(judged(judge(nominal=nominal), line, ticks=ticks)) == cents(judged(judge(nominal=nominal), line))


def test_a_coin_is_said_only_when_the_line_has_been_silent_long_enough() -> None:
    pulses = judge()
    for closed, at in edges(coin(4)):
        assert pulses.edge("coin line", closed, at) == []
    last = edges(coin(4))[-1][1]
    assert pulses.tick(last + 0.320) == []
    assert cents(pulses.tick(last + 0.330)) == [20]


@pytest.mark.parametrize("nominal", WIDTHS)
def test_a_spike_is_nothing(nominal: float) -> None:
    """Behaviour 29: 5 ms are the fridge next door, at every setting of the acceptor."""
    pulses = judge(nominal=nominal)
    assert judged(pulses, edges([(0.005, 0.5)] * 5)) == []
    assert pulses.errors == 0


@pytest.mark.parametrize("nominal", WIDTHS)
def test_a_spike_beside_a_coin_changes_nothing(nominal: float) -> None:
    pulses = [*coin(4, nominal)[:-1], (nominal, nominal / 2), (0.005, 0.5)]
    assert cents(said_to(pulses, nominal=nominal)) == [20]


def test_a_gap_inside_a_pulse_makes_no_second_pulse() -> None:
    """A rattling contact must not turn 20 cents into 50."""
    assert cents(said_to([(0.030, 0.005), (0.030, 0.065), *coin(3)])) == [20]


@pytest.mark.parametrize("width", [0.040, 0.065, 0.190])
def test_a_single_pulse_is_no_coin(width: float) -> None:
    """Behaviour 29: whoever pulls a plug nearby must not be given money."""
    assert unknown(said_to([(width, 0.5)])) == [1]
    assert cents(said_to([(width, 0.5)])) == []


def test_half_a_pulse_makes_a_coin_unidentified() -> None:
    """Whether it was one pulse more or not cannot be known: then no value is said at all."""
    said = said_to([*coin(2), (0.025, 0.065), *coin(2)])
    assert (cents(said), unknown(said)) == ([], [4])


@pytest.mark.parametrize("at_the_end", [True, False])
def test_half_a_pulse_beside_a_whole_coin_makes_it_unidentified(at_the_end: bool) -> None:
    half = [(0.025, 0.065)]
    said = said_to([*coin(4), *half] if at_the_end else [*half, *coin(4)])
    assert (cents(said), unknown(said)) == ([], [4])


def test_pulses_of_another_setting_are_no_coin() -> None:
    """Whoever turns the acceptor's switch to slow sees that something is wrong, not other coins."""
    said = said_to([(0.3, 0.3)] * 4, nominal=0.065)
    assert (cents(said), unknown(said)) == ([], [4])


def test_a_pulse_that_begins_just_before_the_silence_is_long_enough_belongs_to_the_group() -> None:
    said = said_to(then(coin(4), 0.32, coin(2)))
    assert (cents(said), unknown(said)) == ([], [6])


def test_a_pulse_too_long_makes_a_coin_unidentified() -> None:
    said = said_to([*coin(2), (0.3, 0.065), *coin(2)])
    assert (cents(said), unknown(said)) == ([], [5])


@pytest.mark.parametrize("count", [2, 3, 8, 99])
def test_a_count_that_is_not_in_the_table_is_never_rounded(count: int) -> None:
    """Behaviour 29."""
    said = said_to(coin(count))
    assert (cents(said), unknown(said)) == ([], [count])


def test_pulses_without_end_are_reported_and_kept_in_bounds() -> None:
    """A loose wire can rattle all night; in the morning the kiosk still works."""
    pulses = judge()
    said: list[Signal] = []
    line = edges(coin(5000))
    for closed, at in line:
        said += pulses.edge("coin line", closed, at)
    assert "without end" in pulses.trouble
    assert pulses.shut
    assert all(count <= 101 for count in unknown(said))
    pulses.tick(line[-1][1] + QUIET + 60)
    assert not pulses.trouble
    assert cents(judged(pulses, edges(coin(4), line[-1][1] + 100))) == [20]


# -- two coins


@steady
@given(
    first=st.sampled_from(sorted(COINS)),
    second=st.sampled_from(sorted(COINS)),
    pause=st.floats(0.0001, 3.0),
    nominal=st.sampled_from(WIDTHS),
)
def test_two_coins_are_both_or_none_and_never_a_third(
    first: int, second: int, pause: float, nominal: float
) -> None:
    """Behaviour 29: however fast two coins follow each other, nothing is counted that nobody gave."""
    said = said_to(then(coin(first, nominal), pause, coin(second, nominal)), nominal=nominal)
    if unknown(said):
        assert cents(said) == []
    else:
        assert cents(said) == [COINS[first], COINS[second]]


tables = st.dictionaries(st.integers(2, 12), st.integers(1, 500), min_size=1, max_size=5)


@steady
@given(table=tables, choice=st.lists(st.tuples(st.integers(0, 4), st.floats(0.03, 1.0)), min_size=1, max_size=4))
def test_with_any_table_and_no_inhibit_line_no_money_is_made_or_lost_unsaid(
    table: dict[int, int], choice: list[tuple[int, float]]
) -> None:
    """Behaviour 29, for coins that people really programme: what is counted was given, or it says it is unsure."""
    counts = sorted(table)
    given_counts = [counts[number % len(counts)] for number, _ in choice]
    pulses = coin(given_counts[0])
    for count, (_, pause) in zip(given_counts[1:], choice[1:], strict=True):
        pulses = then(pulses, pause, coin(count))
    said = said_to(pulses, coins=table)
    given_cents = sum(table[count] for count in given_counts)
    if unknown(said):
        assert sum(cents(said)) < given_cents
    else:
        assert sum(cents(said)) == given_cents


def test_a_longer_pause_parts_two_coins() -> None:
    said = said_to(then(coin(4), 0.2, coin(6)))
    assert cents(said) == [20, 100]
    assert said[0].at < said[1].at


@steady
@given(count=st.sampled_from(sorted(COINS)), lost=st.integers(1, 5))
def test_a_pulse_lost_in_the_middle_makes_no_other_coin(count: int, lost: int) -> None:
    """A loose wire must not turn one coin into two smaller ones."""
    lost = min(lost, count - 2)
    pulses = coin(count)
    before, after = pulses[:lost], pulses[lost + 1 :]
    said = said_to(then(before, 3 * 0.065, after))
    assert (cents(said), unknown(said)) == ([], [count - 1])


@steady
@given(table=tables, which=st.integers(0, 4), lost=st.integers(1, 10))
def test_with_any_table_a_pulse_lost_in_the_middle_makes_no_other_value(
    table: dict[int, int], which: int, lost: int
) -> None:
    """A coin of five pulses without its third is not two coins of two."""
    counts = sorted(table)
    count = counts[which % len(counts)]
    assume(count > 3)  # what is left of three pulses has but one pause, and nothing to compare it with
    pulses = coin(count)
    lost = 1 + lost % (count - 2)
    said = said_to(then(pulses[:lost], 3 * 0.065, pulses[lost + 1 :]), coins=table)
    assert sum(cents(said)) in (0, table[count])


@pytest.mark.parametrize("table", [{2: 50, 5: 400}, {2: 50, 3: 70, 4: 300, 5: 400, 6: 900}])
@pytest.mark.parametrize(("count", "lost"), [(5, 2)])
def test_the_halves_of_a_broken_coin_are_not_two_small_ones(table: dict[int, int], count: int, lost: int) -> None:
    """Behaviour 29: both halves are coins of the table, and still nobody gave them."""
    pulses = coin(count)
    said = said_to(then(pulses[:lost], 3 * 0.065, pulses[lost + 1 :]), coins=table)
    assert (cents(said), unknown(said)) == ([], [count - 1])


def test_a_count_that_is_also_two_other_coins_is_believed_only_behind_an_inhibit_line() -> None:
    """Behaviour 29: 2 + 2 pulses are 4 pulses; without the line nobody can know."""
    table = {2: 50, 4: 200}
    alone = said_to(coin(4), coins=table)
    assert (cents(alone), unknown(alone)) == ([], [4])
    assert cents(said_to(coin(4), coins=table, guarded=True)) == [200]
    assert cents(said_to(coin(2), coins=table)) == [50]


def test_a_count_whose_sums_are_worth_the_same_is_believed() -> None:
    """One pulse for each 10 cents: whatever ran together, the money is right."""
    assert doubtful_counts({2: 20, 5: 50, 10: 100, 20: 200}) == frozenset()
    assert cents(said_to(coin(10), coins={5: 50, 10: 100})) == [100]


def test_the_counts_that_can_be_mistaken_are_found() -> None:
    assert doubtful_counts({2: 10, 3: 20, 4: 50, 5: 100, 6: 200}) == {4, 5, 6}
    assert doubtful_counts(COINS) == frozenset()
    assert doubtful_counts({5: 1, 6: 2, 7: 3, 8: 4, 9: 5}) == frozenset()


# -- the line in trouble


def test_a_stuck_line_is_a_fault_and_no_coin() -> None:
    """Behaviour 29: a jammed coin shuts the acceptor and is named; afterwards it works again."""
    pulses = judge()
    pulses.edge("coin line", True, BEGIN)
    pulses.tick(BEGIN + 0.99)
    assert not pulses.trouble
    assert pulses.tick(BEGIN + 1.01) == []
    assert "jammed" in pulses.trouble
    assert pulses.shut
    assert judged(pulses, [(False, BEGIN + 30)]) == []
    assert not pulses.trouble
    assert not pulses.shut
    assert cents(judged(pulses, edges(coin(5), BEGIN + 60))) == [50]


def test_pulses_before_the_line_stuck_are_said_as_unidentified() -> None:
    pulses = judge()
    said = judged(pulses, [*edges(coin(3)), (True, BEGIN + 0.4)])
    assert "jammed" in pulses.trouble
    assert (cents(said), unknown(said)) == ([], [3])


def test_a_line_that_is_on_at_the_start_is_stuck() -> None:
    """Behaviour 27."""
    pulses = CoinPulses(COINS)
    pulses.begin(0.0, ["coin line"])
    assert pulses.tick(1.9) == []
    pulses.tick(2.1)
    assert "jammed" in pulses.trouble


@pytest.mark.parametrize("begin", [0.1, 1.0, 1.5, 1.9])
def test_nothing_counts_in_the_first_two_seconds_nor_the_rest_of_it_later(begin: float) -> None:
    """Behaviour 27: the tail of a coin that fell while switching on is not a smaller coin."""
    assert judged(judge(), edges(coin(7), begin)) == []


def test_it_is_shut_while_it_starts_and_during_each_group() -> None:
    pulses = judge()
    assert pulses.shut
    pulses.tick(2.0)
    assert not pulses.shut
    pulses.edge("coin line", True, BEGIN)
    pulses.tick(BEGIN + 0.03)
    assert pulses.shut
    judged(pulses, [(False, BEGIN + 0.065)])
    assert not pulses.shut


def test_too_many_coins_in_a_minute_are_a_fault_and_said_as_unidentified() -> None:
    """A string on a coin, or a machine gone mad, does not fill the book with money."""
    pulses = CoinPulses(COINS, most=5)
    pulses.begin(0.0)
    said: list[Signal] = []
    for number in range(8):
        said += judged(pulses, edges(coin(4), BEGIN + 2 * number))
    assert cents(said) == [20] * 6
    assert unknown(said) == [4, 4]
    assert "in a minute" in pulses.trouble
    pulses.tick(BEGIN + 100)
    assert not pulses.trouble
    assert cents(judged(pulses, edges(coin(4), BEGIN + 101))) == [20]


@pytest.mark.parametrize(
    ("table", "words"),
    [({}, "empty"), ({1: 50}, "1 pulse"), ({4: 0}, "worth 0"), ({101: 5}, "too many")],
)
def test_a_table_that_cannot_be_meant_is_refused_with_its_culprit(table: dict[int, int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        CoinPulses(table)
    with pytest.raises(ValueError, match=words):
        CoinAcceptor(23, table)


def test_time_only_moves_on_when_there_is_something_to_wait_for() -> None:
    pulses = judge()
    pulses.tick(2.0)
    assert pulses.due() is None


# -- the real driver

QUICK = CoinSettings(inhibit_pin=24, nominal_ms=25, settle=0.05)
BARE = CoinSettings(nominal_ms=25, settle=0.05)


def acceptor(settings: CoinSettings, pins: PretendPins) -> CoinAcceptor:
    return CoinAcceptor(
        settings.pin,
        settings.coins,
        inhibit_pin=settings.inhibit_pin,
        nominal_ms=settings.nominal_ms,
        settle=settings.settle,
        pin_factory=pins.pin_factory,
        retry=0.05,
    )


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def pins() -> Iterator[PretendPins]:
    with PretendPins(RigSettings(coin_acceptor=QUICK)) as pins:
        yield pins


@pytest.fixture
def started(pins: PretendPins, ear: Ear) -> Iterator[CoinAcceptor]:
    device = acceptor(QUICK, pins)
    device.start(ear)
    ear.wait_for_state(DeviceState.READY)
    yield device
    device.stop()


def test_coins_dropped_into_the_real_driver_are_heard(started: CoinAcceptor, pins: PretendPins, ear: Ear) -> None:
    pins.drop(50)
    pins.drop(200)
    ear.wait_for(CoinDropped, 2)
    assert cents(ear.heard) == [50, 200]
    assert started.status().last_ok is not None


def test_two_coins_back_to_back_through_real_pins(ear: Ear) -> None:
    """Behaviour 29, without an inhibit line."""
    with PretendPins(RigSettings(coin_acceptor=BARE)) as pins:
        device = acceptor(BARE, pins)
        device.start(ear)
        ear.wait_for_state(DeviceState.READY)
        pins.pulses(then(coin(4, 0.025), 0.1, coin(5, 0.025)))
        ear.wait_for(CoinDropped, 2)
        device.stop()
    assert cents(ear.heard) == [20, 50]


def test_the_gate_is_open_only_when_all_is_well(pins: PretendPins, ear: Ear) -> None:
    """Behaviour 29: while the kiosk is not ready, coins fall through into the tray and nobody loses them."""
    assert not pins.taking_coins
    device = acceptor(QUICK, pins)
    device.start(ear)
    ear.wait_until(lambda: pins.taking_coins, "the gate to open")
    pins.jam()
    ear.wait_for_state(DeviceState.FAULT)
    assert not pins.taking_coins
    pins.drop(50, wait=True)
    pins.unjam()
    ear.wait_until(lambda: pins.taking_coins, "the gate to open again")
    assert device.status().state is DeviceState.READY
    device.stop()
    assert not pins.taking_coins
    assert cents(ear.heard) == []


def test_the_gate_shuts_during_a_coin(started: CoinAcceptor, pins: PretendPins, ear: Ear) -> None:
    """Behaviour 29: the next coin waits until this one is counted."""
    ear.wait_until(lambda: pins.taking_coins, "the gate to open")
    pins.drop(200)
    ear.wait_until(lambda: not pins.taking_coins, "the gate to shut")
    ear.wait_for(CoinDropped)
    ear.wait_until(lambda: pins.taking_coins, "the gate to open again")


def test_the_kiosk_can_refuse_coins_while_it_cannot_write_them_down(
    started: CoinAcceptor, pins: PretendPins, ear: Ear
) -> None:
    ear.wait_until(lambda: pins.taking_coins, "the gate to open")
    started.refuse()
    ear.wait_until(lambda: not pins.taking_coins, "the gate to shut")
    started.take()
    ear.wait_until(lambda: pins.taking_coins, "the gate to open again")


def test_stopping_right_after_the_last_pulse_never_counts_a_coin_twice(pins: PretendPins, ear: Ear) -> None:
    """Behaviour 29: power lost at the worst moment."""
    device = acceptor(QUICK, pins)
    device.start(ear)
    ear.wait_until(lambda: pins.taking_coins, "the gate to open")
    pins.drop(20, wait=True)
    device.stop()
    device.start(ear)
    ear.wait_until(lambda: pins.taking_coins, "the gate to open")
    time.sleep(0.3)  # longer than the silence that ends a group
    device.stop()
    assert len(cents(ear.heard)) <= 1
    assert unknown(ear.heard) == []


def test_doubtful_counts_are_said_where_people_look(ear: Ear) -> None:
    """Who teaches the acceptor badly learns it from the status, not from the missing money."""
    with PretendPins() as pins:
        device = CoinAcceptor(23, {2: 50, 4: 200}, settle=0, pin_factory=pins.pin_factory)
        device.start(ear)
        ear.wait_for_state(DeviceState.READY)
        assert "without an inhibit line 4 pulses may be one coin or several" in device.status().detail
        device.stop()


def test_missing_pins_are_looked_for_until_they_are_there(pins: PretendPins, ear: Ear) -> None:
    other = DigitalOutputDevice(23, pin_factory=pins.pin_factory)
    device = acceptor(QUICK, pins)
    device.start(ear)
    change = ear.wait_for_state(DeviceState.LOST)
    assert change.detail.startswith("coin acceptor: the pins cannot be used (pin GPIO23 is already in use")
    assert not pins.taking_coins
    other.close()
    ear.wait_for_state(DeviceState.READY)
    device.stop()
    assert device.status().state is DeviceState.STOPPED


def test_nothing_is_said_after_stop(started: CoinAcceptor, pins: PretendPins, ear: Ear) -> None:
    started.stop()
    before = ear.heard
    pins.pulses(coin(4, 0.025))
    time.sleep(0.3)  # longer than the silence that ends a group
    started.stop()
    assert ear.heard == before
