"""One card laid down is one sentence, however often the reader finds it and however badly it lies."""

from collections.abc import Sequence

from hardware.pn532_frames import Target
from hardware.presence import CardPresence, TagPresence
from hardware.signals import CardGone, CardsAmbiguous, CardSeen, Signal

A = Target(bytes.fromhex("04A1B2C3"))
B = Target(bytes.fromhex("047BCB51962280"))
PHONE = Target(bytes.fromhex("08112233"))
PHONE_AGAIN = Target(bytes.fromhex("08445566"))
NAMES = {A.uid: "A", B.uid: "B", PHONE.uid: "phone", PHONE_AGAIN.uid: "phone again"}


def said(signals: Sequence[Signal]) -> list[str]:
    """Signals in short: "seen A", "gone A", "many"."""
    short = []
    for signal in signals:
        match signal:
            case CardSeen(uid=uid):
                short.append(f"seen {NAMES[uid]}")
            case CardGone(uid=uid):
                short.append(f"gone {NAMES[uid]}")
            case CardsAmbiguous():
                short.append("many")
    return short


def story(*polls: Sequence[Target], every: float = 0.15) -> list[str]:
    """What is said when the reader finds these, one poll after another."""
    presence = CardPresence("badge reader")
    signals: list[Signal] = []
    for number, targets in enumerate(polls):
        signals += presence.poll(targets, at=number * every)
    return said(signals)


def test_behaviour_14_a_card_left_for_ten_minutes_is_said_once() -> None:
    """Behaviour 14: a badge forgotten on the reader does not confirm things by itself."""
    polls = [[A]] * 4000
    assert story(*polls, [], [], []) == ["seen A", "gone A"]


def test_behaviour_14_a_missed_poll_or_two_is_no_removal() -> None:
    assert story([A], [], [A], [], [], [A]) == ["seen A"]


def test_a_card_laid_down_again_is_said_again() -> None:
    assert story([A], [], [], [], [A]) == ["seen A", "gone A", "seen A"]


def test_removal_is_said_once() -> None:
    assert story([A], *[[]] * 50) == ["seen A", "gone A"]


def test_behaviour_15_a_swap_between_two_polls_ends_the_first_before_the_second_begins() -> None:
    """Behaviour 15: what the second person does is never booked to the first."""
    assert story([A], [B]) == ["seen A", "gone A", "seen B"]


def test_behaviour_13_two_cards_are_nobody_and_one_taken_away_works() -> None:
    """Behaviour 13: a wallet with two cards logs in nobody; taking one out helps."""
    assert story([A, B], [A, B], [B], [B], [B], [B]) == ["many", "seen B"]


def test_two_cards_with_one_often_unheard_stay_nobody() -> None:
    """The chip hears two cards badly; between two polls with both it may find one alone."""
    assert story([A, B], [A], [A], [A, B], [B], [], [B], [A, B], [A], [B], [A]) == ["many"]


def test_a_second_card_laid_upon_the_first_chooses_neither_and_ends_nothing() -> None:
    assert story([A], [A, B], [A, B], [A], [A], [A], [A]) == ["seen A", "many"]


def test_the_other_of_two_cards_stays_the_first_is_gone_then() -> None:
    assert story([A], [A, B], [B], [B], [B]) == ["seen A", "many", "gone A", "seen B"]


def test_two_cards_taken_away_together_end_it() -> None:
    assert story([A, B], [], [], [], [A, B]) == ["many", "many"]


def test_a_first_card_is_gone_when_both_are() -> None:
    assert story([A], [A, B], [], [], []) == ["seen A", "many", "gone A"]


def test_cards_heard_in_turn_are_two_cards_at_once() -> None:
    """Some chips never hear two cards in one poll, but now one and now the other."""
    assert story([A], [B], [A], [B], [A], [B]) == ["seen A", "gone A", "seen B", "many"]


def test_cards_laid_down_in_turn_by_hand_are_each_seen() -> None:
    gap: list[list[Target]] = [[]]
    assert story([A], *gap, [B], *gap, [A]) == ["seen A", "gone A", "seen B", "gone B", "seen A"]


def test_a_card_that_comes_back_long_after_a_swap_is_seen() -> None:
    assert story([A], [B], [A], every=3.0) == ["seen A", "gone A", "seen B", "gone B", "seen A"]


def test_after_two_cards_were_told_apart_the_next_swap_counts_at_once() -> None:
    assert story([A], [B], [A, B], [A], [A], [A])[-2:] == ["gone B", "seen A"]


def test_behaviour_12_a_phone_that_makes_up_numbers_is_one_phone() -> None:
    """Behaviour 12: a phone held there does not look like a queue of people."""
    presence = CardPresence("badge reader")
    signals = presence.poll([PHONE], 0.0) + presence.poll([PHONE_AGAIN], 0.1) + presence.poll([PHONE], 0.2)
    assert said(signals) == ["seen phone"]
    assert isinstance(signals[0], CardSeen)
    assert signals[0].random


def test_a_lost_reader_holds_no_card() -> None:
    presence = CardPresence("badge reader")
    presence.poll([A], 0.0)
    assert said(presence.forget(1.0)) == ["gone A"]
    assert presence.forget(1.1) == []
    assert said(presence.poll([A], 2.0)) == ["seen A"]


def test_signals_carry_the_reader_and_the_moment() -> None:
    [signal] = CardPresence("badge reader").poll([A], 4.5)
    assert signal == CardSeen(device="badge reader", at=4.5, uid=A.uid, tech="nfc", random=False)


TAG = bytes.fromhex("62E3086CED")
OTHER_TAG = bytes.fromhex("01000734E0")


def tags() -> TagPresence:
    return TagPresence("badge reader", tech="em4100", silence=0.3)


def test_behaviour_17_a_tag_that_repeats_itself_is_said_once() -> None:
    """Behaviour 17: every 65 ms the same tag, one sentence."""
    presence = tags()
    signals: list[Signal] = []
    for number in range(100):
        signals += presence.seen(TAG, number * 0.065) + presence.tick(number * 0.065 + 0.05)
    assert [type(signal) for signal in signals] == [CardSeen]


def test_a_silent_tag_is_gone_after_its_time_and_not_before() -> None:
    presence = tags()
    presence.seen(TAG, 1.0)
    assert presence.tick(1.29) == []
    assert presence.tick(1.31) == [CardGone(device="badge reader", at=1.31, uid=TAG, tech="em4100")]
    assert presence.tick(9.0) == []


def test_a_swapped_tag_ends_the_first_before_the_second() -> None:
    presence = tags()
    presence.seen(TAG, 1.0)
    assert [type(signal) for signal in presence.seen(OTHER_TAG, 1.1)] == [CardGone, CardSeen]
