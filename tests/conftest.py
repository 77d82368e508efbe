"""Which tests begin first: with the longest at the end, one core would wait for the other.

And what is loaded is looked through for litter once, not again and again: that took a fifth of the time.
"""

import gc
from pathlib import Path

import pytest
from hypothesis import settings

# How fast a machine is says nothing of what is tested: no example is refused because it took long.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

LONG = (
    "test_two_shops_on_the_wire.py",
    "test_tour.py",
    "test_every_language.py",
    "test_five_shops_on_the_wire.py",
    "test_crash_disk.py",
    "test_side_by_side.py",
    "test_killed_kiosk.py",
    "test_kiosks_of_one_shop.py",
    "test_pictures.py",
    "test_touch.py",
    "test_one_ballot_in_the_building.py",
    "test_stage.py",
    "test_a_vote_at_two_kiosks.py",
    "test_agreement.py",
    "test_long_silence.py",
    "test_update.py",
    "test_week_of_the_jar.py",
    "test_simulated_year.py",
    "test_program.py",
    "test_check_it_yourself.py",
    "test_circle_at_the_wire.py",
    "test_put_away.py",
    "test_copy_put_in_place.py",
    "test_visits_of_all_kinds.py",
    "test_whole_circle.py",
    "test_sizes.py",
    "test_properties_duties.py",
    "test_properties_jar.py",
    "test_ledgers.py",
    "test_properties_history.py",
    "test_killed_while_writing.py",
    "test_nightly_copy.py",
    "test_falls_over.py",
    "test_wall_page.py",
    "test_read_aloud.py",
    "test_numbers_by_touch.py",
    "test_charter_at_the_wire.py",
    "test_hostile_stick.py",
)
"""Files that take long: those that wait for a wire between those that keep a core busy."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keeps each file in one piece, and all others in their order."""
    places = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(Path(item.path).name, len(LONG)))


def pytest_collection_finish() -> None:
    """As a kiosk does at its start: what is there by now stays. Whatever tests leave behind is still collected, but
    seldom: a screen alone is made of some ten thousand things.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
