"""What a screen shows of witnesses: whose seals are known here, who has signed ours, and whose template changed."""

from collections.abc import Sequence

from kiosk.amounts import elapsed
from kiosk.faces import Point
from kiosk.sealing.cosignature import line_by
from kiosk.sealing.note import Verifier, read_verifier
from kiosk.state import Neighbour, State, says
from kiosk.tongue import phrase, plural
from kiosk.views.scene import Scene

DAY = 86_400_000


def seals_known(scene: Scene) -> tuple[Point, ...]:
    """Of how many shops the latest seal is here, and how old the oldest of them is."""
    shops = scene.state.shops.values()
    if not shops:
        return ()
    days = max(elapsed(each.came, scene.now) for each in shops) // DAY
    oldest = plural("the oldest came {n} day ago", "the oldest came {n} days ago", days) if days > 0 else ""
    forked = sum(1 for each in shops if each.fork)
    told = plural(
        "{n} far shop has signed two that don’t go together",
        "{n} far shops have signed two that don’t go together",
        forked,
    )
    known = plural("the seal of {n} shop is known here", "the seals of {n} shops are known here", len(shops))
    return (Point(known, told if forked else oldest, mark="warning" if forked else "card"),)


def with_a_witness(text: str, state: State) -> str:
    """A seal of ours with one cosignature more, where a neighbour has signed just this one."""
    for each in state.neighbours.values():
        if each.parted or says(each.witnessed) != says(text):
            continue
        verifier = read_verifier(each.key)
        line = line_by(each.witnessed, verifier) if isinstance(verifier, Verifier) else ""
        if line:
            return text + line
    return text


def witness_of(text: str, state: State) -> str:
    """Which neighbour has signed a seal too; "" for none."""
    return next(
        (each.name for each in state.neighbours.values() if not each.parted and says(each.witnessed) == says(text)),
        "",
    )


def newest_witnessed(state: State) -> Neighbour | None:
    """The neighbour that has signed our newest seal, of those that any has."""
    signed = [each for each in state.neighbours.values() if each.witnessed and not each.parted]
    return max(signed, key=lambda each: each.shown[-1].at.wall if each.shown else 0, default=None)


def template_changed(here: Sequence[Neighbour], scene: Scene) -> str:
    """That the shop whose template we began with does something otherwise now; "" where none does."""
    copied = scene.state.copied_from
    if copied is None:
        return ""
    for each in here:
        if each.template and each.template != copied.digest and each.name == copied.shop:
            return phrase("{shop}, whose template we have, does something otherwise now.", shop=each.name)
    return ""
