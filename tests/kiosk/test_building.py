"""Several kiosks of one shop: what people would lose is that both say the same, or that anything counts once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from archipelago import Shore
from kiosks import HANDS, Claims, Clock, Kiosk, add, badge_of, founded, on_disk, talk

from kiosk.commands import (
    AddKiosk,
    CloseSegment,
    Command,
    Counter,
    CountJar,
    GiveMoney,
    Join,
    JoinBuilding,
    Leave,
    LinkNeighbour,
    NameWork,
    NewBadge,
    RemoveKiosk,
    SayNumber,
    ServeCommons,
    Swap,
    TakeCoin,
    TakeEntries,
    TakeSegment,
)
from kiosk.events import CoinFell, EntriesTaken, Entry, Found, RecordRestored
from kiosk.figures import Audit
from kiosk.invitation import take_all
from kiosk.reports.gathered import audits
from kiosk.reports.verifying import verify
from kiosk.sealing.note import sign
from kiosk.state import fold, restore
from kiosk.store import Reader, Store, back_up
from kiosk.store.restoring import _write_into
from kiosk.views.kiosk_alarms import kiosk_alarms
from kiosk.views.scene import Scene


def swap(giver: str, receiver: str, minutes: int = 60) -> Swap:
    return Swap(badge_of(giver), (badge_of(receiver),), minutes, "repair")


def pair() -> tuple[Kiosk, Kiosk, Claims]:
    clock, claims = Clock(), Claims()
    first, second = Kiosk("k2", clock.of(), claims), Kiosk("k3", clock.of(), claims)
    founded(first)
    first.must(swap("Ada", "Ben"))
    add(first, second, "upstairs")
    talk(first, second)
    return first, second, claims


def test_a_new_kiosk_knows_all_that_the_first_one_does():
    first, second, _ = pair()
    assert second.state.balance("Ada") == 60
    assert second.shared() == first.shared()
    assert fold(second.record.written) == second.state


def test_swaps_at_both_count_at_both():
    first, second, _ = pair()
    first.must(swap("Ada", "Cy", 30))
    second.must(swap("Ben", "Ada", 45))
    second.must(TakeCoin(200, 2))
    talk(first, second)
    assert first.shared() == second.shared()
    assert first.state.balance("Ada") == 60 + 30 - 45
    assert first.state.funds["jar"].cents == 200


def test_what_is_written_in_turn_waits_for_the_other():
    first, second, _ = pair()
    dora = NewBadge(badge_of("Dora"), "tag")
    second.must(Join("Dora", dora, HANDS))
    assert first.code(Join("Dora", dora, HANDS)) == "other kiosk"
    talk(first, second)
    assert first.code(Join("Dora", dora, HANDS)) not in ("", "other kiosk")
    assert first.state.members["Dora"].standing == "here"


def test_without_the_claims_swaps_go_on_and_nothing_else():
    _, second, claims = pair()
    claims.cut_off = {"k3"}
    assert second.code(Join("Dora", NewBadge(badge_of("Dora"), "tag"), HANDS)) == "unheard"
    second.must(swap("Ben", "Ada"))
    second.must(TakeCoin(100, 1))


def test_two_kiosks_that_have_heard_each_other_fall_silent():
    first, second, _ = pair()
    before = first.record.next_number, second.record.next_number
    talk(first, second)
    assert (first.record.next_number, second.record.next_number) == before


def test_the_same_twice_changes_nothing():
    first, second, _ = pair()
    second.must(swap("Ben", "Ada"))
    (batch,) = second.says(first.state.taken["k3"].number)
    assert first.code(TakeEntries(batch.text)) == ""
    assert first.code(TakeEntries(batch.text)) == "known"


def test_a_turn_that_was_won_and_not_written_does_not_stop_the_others():
    first, second, _ = pair()
    second.record.full = True
    with pytest.raises(OSError, match="full"):
        second.ask(Join("Dora", NewBadge(badge_of("Dora"), "tag"), HANDS))
    second.record.full = False
    second.start()
    assert first.code(Join("Dora", NewBadge(badge_of("Dora"), "tag"), HANDS)) == "other kiosk"
    assert second.core.unsettled
    assert second.core.settle()
    talk(first, second)
    first.must(Join("Dora", NewBadge(badge_of("Dora"), "tag"), HANDS))
    talk(first, second)
    assert first.shared() == second.shared()


def test_a_limit_that_was_passed_at_two_kiosks_is_shown_at_both():
    first, second, _ = pair()
    first.must(swap("Ada", "Ben", 12 * 60))
    second.must(swap("Ada", "Cy", 12 * 60))
    talk(first, second)
    for kiosk in (first, second):
        assert kiosk.state.balance("Ada") == 25 * 60
        (told,) = kiosk_alarms(scene(kiosk))
        assert told.words == "Ada is 5 h past the limit: swapped at two kiosks"
    first.must(swap("Ben", "Ada", 6 * 60))
    assert kiosk_alarms(scene(first)) == ()


def test_hours_swapped_with_somebody_who_left_at_the_other_kiosk_are_theirs_and_show():
    first, second, _ = pair()
    first.must(Leave("Cy", HANDS[2:3]))
    second.must(swap("Cy", "Ben"))
    talk(first, second)
    for kiosk in (first, second):
        assert kiosk.state.balance("Cy") == 60
        assert [alarm.words[:12] for alarm in kiosk_alarms(scene(kiosk))] == ["Cy has left,"]


def test_who_could_have_stood_witness_is_as_the_kiosk_knew_it_that_wrote_it():
    """Without this a routine is fairer at one kiosk than at the other."""
    first, second, _ = pair()
    first.must(GiveMoney(badge_of("Ada"), badge_of("Ben"), 100))
    first.must(ServeCommons(badge_of("Ada"), badge_of("Ben"), 60, "care"))
    second.must(Join("Dora", NewBadge(badge_of("Dora"), "tag"), HANDS))
    talk(first, second)
    assert first.shared() == second.shared()


def test_a_coin_that_is_told_of_after_the_count_is_not_taken_for_counted():
    first, second, _ = pair()
    second.must(TakeCoin(200, 2))
    first.must(CountJar(0, HANDS[:2]))
    talk(first, second)
    for kiosk in (first, second):
        fund = kiosk.state.funds["jar"]
        assert (fund.counted.total, fund.fresh.total) == (0, 200)
    assert first.shared() == second.shared()


def test_only_the_kiosk_that_linked_writes_to_a_neighbour():
    first, second, _ = pair()
    far = Shore("Mill Lane", 11)
    first.must(LinkNeighbour(far.card, 600, HANDS, first.signer.name))
    talk(first, second)
    assert second.code(CloseSegment("Mill Lane", second.signer.name)) == "other kiosk links"
    first.must(CloseSegment("Mill Lane", first.signer.name))


def scene(kiosk: Kiosk) -> Scene:
    return Scene(kiosk.state, kiosk.clock.now(), kiosk.record.find, "Canal Street", {}, device=kiosk.device)


# --- on the disk ------------------------------------------------------------------------------------------


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Kiosk, Kiosk]]:
    clock, claims = Clock(), Claims()
    stores = [on_disk(tmp_path / device, device) for device in ("k2", "k3")]
    first, second = (Kiosk(store.device, clock.of(), claims, store) for store in stores)
    founded(first)
    first.must(swap("Ada", "Ben", 30))
    add(first, second, "upstairs")
    talk(first, second)
    yield first, second
    for store in stores:
        store.close()


def test_what_was_written_at_another_kiosk_is_found_like_our_own(two: tuple[Kiosk, Kiosk], tmp_path: Path):
    first, second = two
    (swapped,) = first.must(swap("Ada", "Cy")).entries
    talk(first, second)
    (back,) = second.must(Counter(swapped.id, "wrong day", HANDS)).entries
    talk(first, second)
    for kiosk in two:
        found = kiosk.record.find(swapped.id)
        assert found == Found(swapped, back.id)
    with Reader.open(tmp_path / "k3") as reader:
        assert reader.find(swapped.id) == Found(swapped, back.id)
        assert reader.taken_back() == {swapped.id: back.id}


def told_by(audit: Audit) -> list[tuple[object, ...]]:
    """Every figure, with the entries that it comes from, in whichever order they came."""
    return [
        (section.key, figure.key, figure.what, figure.value, sorted(figure.entries))
        for section in audit.sections
        for figure in section.figures
    ]


def test_a_report_is_the_same_at_both(two: tuple[Kiosk, Kiosk], tmp_path: Path):
    first, second = two
    first.must(swap("Ada", "Cy"))
    second.must(swap("Ben", "Cy", 45))
    second.must(TakeCoin(200, 2))
    second.must(SayNumber("made", "bread", 12, "loaf", "2026-11-02", "2026-11-02", "counted", *HANDS[:2]))
    talk(first, second)
    with Reader.open(tmp_path / "k2") as one, Reader.open(tmp_path / "k3") as other:
        (here,), (there,) = audits(one, ("2026-11",)), audits(other, ("2026-11",))
        assert told_by(here) == told_by(there)
        names = [entry.id for entry in other.all_entries()]
        assert sorted(names) == sorted(entry.id for entry in one.all_entries() if entry.id[:2] == "k2") + sorted(
            entry.id for entry in other.all_entries() if entry.id[:2] == "k3"
        )
        assert len(names) == len(set(names))


def test_the_record_of_each_is_checked_with_all_that_came_from_the_other(two: tuple[Kiosk, Kiosk], tmp_path: Path):
    first, second = two
    second.must(swap("Ben", "Cy", 45))
    talk(first, second)
    for device in ("k2", "k3"):
        with Reader.open(tmp_path / device) as reader:
            assert verify(reader).faults == ()


def test_a_copy_and_a_start_find_them_too(two: tuple[Kiosk, Kiosk], tmp_path: Path):
    first, second = two
    (swapped,) = first.must(swap("Ada", "Cy")).entries
    talk(first, second)
    with Reader.open(tmp_path / "k3") as reader:
        back_up(reader, tmp_path / "copy")
        back_up(reader, tmp_path / "bare", present=False)
    with Reader.open(tmp_path / "copy") as copy:
        assert copy.find(swapped.id) == Found(swapped)
    with Store.open(tmp_path / "bare") as again:
        assert again.find(swapped.id) == Found(swapped)
        assert restore(again.tables()) == second.state


def test_a_long_history_comes_in_pieces_that_fit_a_note():
    clock, claims = Clock(), Claims()
    first, second = Kiosk("k2", clock.of(), claims), Kiosk("k3", clock.of(), claims)
    founded(first)
    for turn in range(400):
        first.must(swap("Ada", "Ben", 15) if turn % 2 else swap("Ben", "Ada", 15))
        clock.ms += 60_000
    add(first, second, "upstairs")
    assert len(first.says()) > 2
    assert second.shared() == first.shared()


# --- who is believed --------------------------------------------------------------------------------------


def test_a_stranger_and_a_kiosk_that_was_taken_off_are_not_believed():
    first, second, claims = pair()
    stranger = Kiosk("k4", Clock().of(), claims)
    founded(stranger)
    assert first.code(TakeEntries(stranger.says()[0].text)) == "stranger"
    second.must(swap("Ben", "Ada"))
    late = second.says(first.state.taken["k3"].number)[0].text
    forged = late.replace('"minutes":60', '"minutes":600')
    assert first.code(TakeEntries(forged)) == "no batch"
    first.must(RemoveKiosk("k3", HANDS))
    assert first.code(TakeEntries(late)) == "stranger"
    second.hear(first)
    assert second.code(swap("Ben", "Ada", 15)) == "learning"
    assert [each.words[:25] for each in kiosk_alarms(scene(second))] == ["This kiosk was taken off:"]
    assert kiosk_alarms(scene(first)) == ()


def test_a_kiosk_that_tells_another_past_is_found_out_and_shown():
    first, second, _ = pair()
    second.must(swap("Ben", "Ada"))
    old = list(second.record.rows)
    talk(first, second)
    second.record.rows = old[:-1]
    second.record.rows.append(old[-1]._replace(leaf=old[0].leaf))
    second.must(swap("Ben", "Cy"))
    assert first.hear(second) == []
    assert first.state.taken["k3"].forked
    assert first.code(TakeEntries(second.says()[0].text)) == "stranger"


def test_a_dead_kiosk_is_taken_off_without_being_asked():
    first, second, claims = pair()
    claims.cut_off = {"k2"}
    assert first.code(NameWork(HANDS[0], "baking")) == "unheard"
    first.must(RemoveKiosk(second.device, HANDS))
    first.must(NameWork(HANDS[0], "baking"))


def three() -> tuple[Kiosk, Kiosk, Kiosk, Claims]:
    first, second, claims = pair()
    third = Kiosk("k4", first.clock, claims)
    first.must(AddKiosk(third.device, "in the cellar", third.key, HANDS, "by the door", first.key))
    third.must(JoinBuilding(first.device, first.key))
    talk(first, second, third)
    return first, second, third, claims


def test_two_kiosks_that_take_off_the_third_at_once_go_on_with_each_other():
    """If both wrote in the turn that the third had won neither would ever take the other's entries again."""
    first, second, third, claims = three()
    claims.won[first.state.turn + 1] = third.device
    first.must(RemoveKiosk(third.device, HANDS))
    assert second.code(RemoveKiosk(third.device, HANDS)) == "other kiosk"
    talk(first, second)
    second.must(NameWork(HANDS[0], "baking"))
    talk(first, second)
    assert first.shared() == second.shared()


def test_a_segment_in_which_every_sign_takes_two_goes_to_the_other_kiosk_too():
    """Or a neighbour could keep two kiosks of a shop from ever hearing each other again."""
    first, second, _ = pair()
    far = Shore("Mill Lane", 11)
    first.must(LinkNeighbour(far.card, 600, HANDS, first.signer.name))
    line = '{"id":"k9/%d","at":1,"letter":{"letter":"newer","words":"' + "\\\\" * 3900 + '"}}'
    lines = [line % number for number in range(1, 9)]
    head = ("commons-kiosk/segment/1", f"from {far.signer.name}", f"to {first.signer.name}", "number 1")
    text = "\n".join((*head, f"previous {'0' * 64}", *lines, f"end {len(lines)}", ""))
    first.must(TakeSegment(sign(text, far.signer), first.signer.name))
    talk(first, second)
    assert second.state.neighbours["Mill Lane"].taken == 1
    assert first.shared() == second.shared()


def test_a_third_kiosk_begins_with_years_that_two_have_written_by_turns(tmp_path: Path):
    """Were each batch tried for each other one, a late joiner would sit there for days."""
    first, second, claims = pair()
    for _ in range(12):
        first.clock._clock.ms += 60_000
        first.must(swap("Ada", "Ben", 15))
        talk(first, second)
        second.must(swap("Ben", "Ada", 15))
        talk(first, second)
    third = Kiosk("k4", first.clock, claims)
    first.must(AddKiosk(third.device, "in the cellar", third.key, HANDS, "by the door", first.key))
    third.must(JoinBuilding(first.device, first.key))
    texts = [each.event.text for each in first.record.written if isinstance(each.event, EntriesTaken)]
    texts += [batch.text for batch in first.says()]
    paths = [tmp_path / f"{number}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8", newline="")
    asked: list[Command] = []
    third.core.handle = lambda command, handle=third.core.handle: asked.append(command) or handle(command)
    assert take_all(third.core, paths) is None
    assert third.shared() == first.shared()
    assert len(asked) <= 3 * len(paths)


def test_a_stick_that_says_it_holds_a_million_million_batches_is_refused_at_the_first_that_is_missing(tmp_path):
    first, _, _ = pair()
    paths = (tmp_path / f"{number:06}.txt" for number in range(1, 10**12))
    assert take_all(first.core, paths) == tmp_path / "000001.txt"


def test_whose_hands_put_a_copy_in_place_is_counted_alike_at_both():
    first, second, _ = pair()
    now = second.clock.now()
    hands = ("Ada", "Ben", "Cy")
    restored = RecordRestored(second.record.next_number - 1, now, 0, 0, hands, "set-aside/old")
    entry = Entry(second.device, second.record.next_number, now, restored, now.wall)
    _, documents = second.core._fold((entry,))
    second.record.append((entry,), documents)
    second.start()
    second.must(swap("Ben", "Ada"))
    talk(first, second)
    assert first.shared() == second.shared()


def test_what_goes_along_into_a_copy_stands_behind_all_that_was_known(two: tuple[Kiosk, Kiosk]):
    """Without an order of its own it would stand before all of the building, and elsewhere at each kiosk."""
    _, second = two
    before = second.core._order
    (coin,) = _write_into(second.record, lambda _: (CoinFell(100, 1),), second.clock.now())
    assert coin.order > before
