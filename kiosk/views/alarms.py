"""All that is wrong, as one list: for the wall, for the lamp, and for `kiosk state`.

Most pressing first. None can be switched off; each says what mends it.
"""

from kiosk.amounts import elapsed
from kiosk.faces import Alarm
from kiosk.rules.agenda import due_reviews, grievances, late_tasks
from kiosk.rules.dissent import likelihood, unlikely
from kiosk.rules.funds import late_fridays
from kiosk.rules.projects import overdue_receipts
from kiosk.rules.tools import overdue_tools
from kiosk.tongue import phrase, plural
from kiosk.views.assumptions import assumption_alarms
from kiosk.views.charter import waits as charter_waits
from kiosk.views.duties import turnover_alarms
from kiosk.views.kept import copy_alarms, program_alarm, restored_alarm
from kiosk.views.kiosk_alarms import kiosk_alarms
from kiosk.views.kiosks import alone_alarms
from kiosk.views.machine import machine_alarms
from kiosk.views.neighbour_alarms import neighbour_alarms
from kiosk.views.scene import Scene, clock_alarm, device_alarms
from kiosk.words import by, duration, jar_word, local, money, since_whole_day, when


def alarms(scene: Scene) -> tuple[Alarm, ...]:
    """All that is wrong now: with the record, with this box, and in the shop."""
    return (*_sum_alarm(scene), *box_alarms(scene), *_among_people(scene))


def box_alarms(scene: Scene) -> tuple[Alarm, ...]:
    """What only the running kiosk knows: its devices, its power, its clock, and copies of the record."""
    return (
        *device_alarms(scene),
        *machine_alarms(scene),
        *clock_alarm(scene),
        *copy_alarms(scene),
        *alone_alarms(scene),
    )


def shop_alarms(scene: Scene) -> tuple[Alarm, ...]:
    """What the record alone tells, also while no kiosk runs."""
    return (*_sum_alarm(scene), *_among_people(scene))


def _sum_alarm(scene: Scene) -> tuple[Alarm, ...]:
    """By the rules the sum is zero whatever people do; anything else was done to the file."""
    over = sum(account.minutes for account in scene.state.accounts.values())
    if not over:
        return ()
    words = phrase("The balances don’t come to zero but to {over} minutes", over=over)
    mend = phrase("Somebody or something has changed the file behind the kiosk’s back. Compare it with the backup.")
    return (Alarm(words=words, mend=mend),)


def _among_people(scene: Scene) -> tuple[Alarm, ...]:
    """What waits for somebody: nothing is broken, so the lamp says it more quietly."""
    return (
        *restored_alarm(scene),
        *program_alarm(scene),
        *kiosk_alarms(scene),
        *neighbour_alarms(scene),
        *turnover_alarms(scene),
        *_too_quiet(scene),
        *_late_fridays(scene),
        *_nothing_shown(scene),
        *charter_waits(scene),
        *_unseen(scene),
        *_late(scene),
        *_grievances(scene),
        *_not_back(scene),
        *_forgotten_clocks(scene),
        *assumption_alarms(scene),
    )


def _late_fridays(scene: Scene) -> tuple[Alarm, ...]:
    return tuple(
        Alarm(
            words=phrase(
                "{jar} has not been shared out: {money}", jar=jar_word(late.fund), money=money(late.cents)
            ),
            since=since_whole_day(late.since),
            mend=phrase("The circle gives it away: Friday, on its list."),
            pressing=False,
        )
        for late in late_fridays(scene.state, local(scene.now).date())
    )


def _nothing_shown(scene: Scene) -> tuple[Alarm, ...]:
    return tuple(
        Alarm(
            words=phrase(
                "{name} got {money}: {title}", name=late.carrier, money=money(late.cents), title=late.title
            ),
            since=by(late.due),
            mend=phrase("{name} taps and says what became of it.", name=late.carrier),
            pressing=False,
        )
        for late in overdue_receipts(scene.state, local(scene.now).date())
    )


def _not_back(scene: Scene) -> tuple[Alarm, ...]:
    return tuple(
        Alarm(
            words=phrase("{name} still has {tool}", name=late.borrower, tool=late.name),
            since=by(late.due),
            mend=phrase("Hold its label to the scanner, then tap."),
            pressing=False,
        )
        for late in overdue_tools(scene.state, local(scene.now).date())
    )


def _too_quiet(scene: Scene) -> tuple[Alarm, ...]:
    dissent, charter = scene.state.dissent, scene.state.charter
    if not unlikely(dissent, charter):
        return ()
    times = likelihood(dissent, charter)
    words = plural(
        "{n} votes in a row without dissent: among people who speak freely once in {times}",
        "{n} votes in a row without dissent: among people who speak freely once in {times}",
        dissent.longest[0],
        times=times,
    )
    mend = phrase("Assume fear, not agreement: ask who is afraid to press no.")
    return (Alarm(words=words, mend=mend, pressing=False),)


def _unseen(scene: Scene) -> tuple[Alarm, ...]:
    return tuple(
        Alarm(
            words=phrase("To be looked at again: {words}", words=each.words),
            since=by(each.review),
            mend=phrase("The circle looks at it."),
            pressing=False,
        )
        for each in due_reviews(scene.state, local(scene.now).date())
    )


def _late(scene: Scene) -> tuple[Alarm, ...]:
    return tuple(
        Alarm(
            words=phrase("{name}: {said}", name=task.doer, said=task.words),
            since=by(task.due),
            mend=phrase("The circle says that it is done, gives it another day, or lets it go."),
            pressing=False,
        )
        for task in late_tasks(scene.state, local(scene.now).date())
    )


def _grievances(scene: Scene) -> tuple[Alarm, ...]:
    return tuple(
        Alarm(
            words=phrase("Voiced again and again: {words}", words=each.words),
            since=plural("in {n} circles", "in {n} circles", len(each.circles)),
            mend=phrase("The circle tries something against it."),
            pressing=False,
        )
        for each in grievances(scene.state)
    )


def _forgotten_clocks(scene: Scene) -> tuple[Alarm, ...]:
    longest = scene.state.charter.forgotten
    return tuple(
        Alarm(
            words=phrase("{name}’s clock has run for more than {time}", name=member.handle, time=duration(longest)),
            since=when(member.clock.since, scene.now),
            mend=phrase("{name} taps and says how long it was.", name=member.handle),
            pressing=False,
        )
        for member in scene.state.present()
        if member.clock is not None and elapsed(member.clock.since, scene.now) >= longest * 60_000
    )
