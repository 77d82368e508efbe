"""What is kept beside the jars: receipts, reserves, and where the rest of a Friday goes."""

from kiosk.amounts import EntryId
from kiosk.events import BACK_TO_MEMBERS, NEXT_PROJECT
from kiosk.faces import Choice, Face, TilesFace
from kiosk.rules.funds import places_for_rest
from kiosk.rules.projects import LONGEST_RECEIPT
from kiosk.state import Purchase, State
from kiosk.tongue import fill, later, phrase, unfilled
from kiosk.views.buttons import picking, writing
from kiosk.views.fitting import TILE, TILES, whole_titles, with_room
from kiosk.views.scene import Scene, frame, paged
from kiosk.visit import jar_places as places
from kiosk.visit.keeping import BECAME, owed, unused
from kiosk.visit.places import Visit
from kiosk.words import by, money

REST_WORDS = {
    BACK_TO_MEMBERS: later("back to members, equally"),
    NEXT_PROJECT: later("the next project, in part"),
}
"""Where a rest goes that goes to no reserve and no jar."""


def rest_words(place: str) -> str:
    """Where a rest goes, as people say it."""
    return unfilled(REST_WORDS.get(place, place))


def receipts(visit: Visit, place: places.Receipts, scene: Scene) -> Face:
    """Money for which nothing has been shown yet."""
    around = frame(visit, scene, phrase("What became of it?"))
    rows = tuple(
        Choice(key=f"receipt:{each.id}", words=_owed_line(each), icon="list") for each in owed(scene.state)
    )
    if not rows:
        words = phrase("Nothing is owed. All that was given out has been accounted for.")
        return TilesFace(frame=around, choices=(), words=words)
    return whole_titles(around, rows, place.page)


def _owed_line(owed: Purchase) -> str:
    return phrase(
        "{title} · {money} · {name}, {due}",
        title=owed.title,
        money=money(owed.cents),
        name=owed.carrier,
        due=by(owed.due),
    )


def receipt_words(visit: Visit, place: places.ReceiptWords, scene: Scene) -> Face:
    """What became of it."""
    purchase = scene.state.purchases.get(place.showing.purchase)
    title = purchase.title if purchase else ""
    plain = phrase("What became of it?")
    if place.text is not None:
        label = with_room(title, phrase("What became of it? {title}", title=title), plain)
        return writing(visit, scene, label, place.text, LONGEST_RECEIPT)
    question = with_room(title, phrase("{title}: what became of it?", title=title), plain)
    under = ""
    if purchase and len(title) > TILE:
        under = fill("{money} · {name}", {"money": money(purchase.cents), "name": purchase.carrier})
    rows = tuple(phrase(words) for words in BECAME)
    return picking(visit, place, scene, question, rows, place.at, under=under)


def reserves(visit: Visit, place: places.Reserves, scene: Scene) -> Face:
    """What the shop keeps beside its jars."""
    shown, page = paged(tuple(scene.state.reserves.values()), place.page, TILES)
    return TilesFace(
        frame=frame(visit, scene, phrase("Reserves"), dots=(0, 4)),
        choices=tuple(
            Choice(key=f"reserve:{each.name}", words=unfilled(each.name), icon="jar", hint=money(each.cents))
            for each in shown
        ),
        page=page,
        words=phrase("A vote that was carried opens one.")
        if shown
        else phrase("Nothing is kept yet. The rest of a Friday goes here."),
    )


def which_decision(visit: Visit, place: places.WhichDecision, scene: Scene) -> Face:
    """Which carried decision opens it."""
    found = tuple(scene.state.decisions[name] for name in unused(scene.state))
    rows = tuple(
        Choice(
            key=f"decision:{each.id}",
            words=phrase("{question} · circle {number}", question=each.words, number=each.circle),
            icon="check",
        )
        for each in found
    )
    title = phrase("Which decision opens {reserve}?", reserve=unfilled(place.reserve))
    return whole_titles(frame(visit, scene, title), rows, place.page)


REST_ICONS = {"hardship": "offer", BACK_TO_MEMBERS: "people", NEXT_PROJECT: "arrow-right"}
"""The picture of each place for a rest; reserves and other jars share one."""


def choose_rest(visit: Visit, place: places.ChooseRest, scene: Scene) -> Face:
    """Where the rest of a Friday goes."""
    found = places_for_rest(scene.state, place.fund)
    shown, page = paged(found, place.page, TILES)
    fund = scene.state.funds.get(place.fund)
    now = fund.rest_to if fund else ""
    return TilesFace(
        frame=frame(visit, scene, phrase("Where does the rest go?"), dots=(0, 2)),
        choices=tuple(
            Choice(
                key=f"rest:{each}",
                words=phrase("{place} (as now)", place=rest_words(each)) if each == now else rest_words(each),
                icon=REST_ICONS.get(each, "jar"),
            )
            for each in shown
        ),
        page=page,
        words=phrase("Fixed before the vote; it changes from the next Friday on."),
    )


def owing(state: State, handle: str) -> tuple[EntryId, str] | None:
    """What somebody has to say a word about first: its name and title; None when nothing."""
    first = next((each for each in owed(state) if each.carrier == handle), None)
    return (first.id, first.title) if first else None
