"""Everything the circle may take up can be shown: without this one kind on the list would end the circle."""

from typing import get_args, get_type_hints

import pytest

from kiosk.rules.agenda import Item
from kiosk.screens.icons import NAMES
from kiosk.views.circle import ITEM_ICONS, item_words

KINDS = get_args(get_type_hints(Item)["kind"])

PERIODS = {"autopsy": "2026-Q4", "potluck": "2026-12"}
"""What those are about that are about no entry."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_words_and_a_picture(kind):
    assert item_words(Item(kind, PERIODS.get(kind, "k1/9"), "the back door"))
    assert ITEM_ICONS[kind] in NAMES
