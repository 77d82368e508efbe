"""A reader is unplugged in the middle of things: the screen says so, and everything else goes on."""

from kiosk.faces import BookedFace, DialFace, TroubleFace, WallFace


def test_the_wall_says_that_the_reader_is_gone_and_the_next_tap_after_replugging_works(shop):
    assert shop.sees(WallFace).alarms == ()
    shop.pn532.cut(5)
    shop.pn532.unplug()
    alarm = shop.sees(WallFace, "The badge reader does not answer").alarms[0]
    assert alarm.mend
    shop.pn532.replug()
    shop.sees(WallFace, "alarms=()")
    shop.choose("work:repair").tap("Amina").sees(DialFace)


def test_a_reader_lost_in_the_middle_of_a_swap_loses_nothing(shop):
    shop.choose("work:repair").tap("Amina").sees(DialFace)
    shop.pn532.unplug()
    assert shop.sees(DialFace, "does not answer").frame.alarms
    shop.pn532.replug()
    shop.sees(DialFace, "alarms=()")
    shop.tap("Jo").sees(BookedFace, "Amina gave Jo 1 h of repair.")


def test_two_badges_in_one_wallet_log_nobody_in(shop):
    shop.pn532.tap([shop.uid("Amina"), shop.uid("Jo")])
    shop.sees(TroubleFace, "Two badges at once")
    shop.pn532.away()


def test_a_poster_held_to_the_scanner_opens_nothing_and_runs_nothing(shop):
    for text in (
        "https://example.org/free-coffee",
        "$(reboot)",
        "[b]bold[/b]",
        "CK1-AAAA",
        "'; DROP TABLE record;--",
    ):
        shop.scanner_wire.scan(text)
        shop.sees(TroubleFace, "not a badge of ours")
        shop.choose("ok").sees(WallFace)
    assert shop.store.next_number == 3
