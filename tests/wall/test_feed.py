"""What a page is sent goes on coming, whatever one look at the record stumbles over."""

import asyncio
import logging

import pytest

from kiosk.wall.feed import Feed
from kiosk.wall.outlook import News
from kiosk.wall.sheet import Sheet, kit
from kiosk.wall.site import version


class Stumbles:
    """An outlook that can't put the wall together a few times, as after an update of the kiosk beside it."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)

    def look(self) -> Sheet:
        if self.errors:
            raise self.errors.pop(0)
        return Sheet("none")

    def news(self) -> News:
        return News(0, "")


async def told(feed: Feed) -> bytes:
    looking = asyncio.create_task(feed.run())
    try:
        async with asyncio.timeout(10):
            async for message in feed.watch():
                if b"event: sheet" in message:
                    return message
        return b""
    finally:
        looking.cancel()


def test_a_look_that_stumbles_is_not_the_last(caplog: pytest.LogCaptureFixture) -> None:
    """The page would stand still until somebody who knows how starts it again, and its log would name people."""
    feed = Feed(Stumbles(KeyError("Priya"), TypeError("Priya"), OSError(5, "gone")), kit(version()), looks=0.01)
    with caplog.at_level(logging.WARNING):
        assert b"none" in asyncio.run(told(feed))
    assert "KeyError at" in caplog.text
    assert "Priya" not in caplog.text
