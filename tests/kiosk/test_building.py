"""Several kiosks of one shop: what people would lose is that both say the same, or that anything counts once."""

import pytest
from kiosks import HANDS, Claims, Clock, Kiosk, add, badge_of, founded, on_disk, talk

from kiosk.commands import Join, NewBadge, Swap, TakeCoin, TakeEntries
from kiosk.state import fold
from kiosk.store import Store


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


def test_on_the_disk_entries_of_the_other_are_found_and_stay_found(tmp_path):
    clock, claims = Clock(), Claims()
    stores = [on_disk(tmp_path / device, device) for device in ("k2", "k3")]
    first, second = (Kiosk(store.device, clock.of(), claims, store) for store in stores)
    founded(first)
    add(first, second, "upstairs")
    (entry,) = first.must(swap("Ada", "Ben")).entries
    talk(first, second)
    found = second.record.find(entry.id)
    assert found is not None
    assert found.entry == entry
    assert [each.id for each in second.record.all_entries()][0:4] == ["k3/1", "k2/1", "k2/2", "k2/3"]
    assert first.shared() == second.shared()
    for store in stores:
        store.close()
    with Store.open(tmp_path / "k3") as again:
        assert not again.rebuilt
        assert again.find(entry.id) == found
