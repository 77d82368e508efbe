"""What the errands of jars and shelf have in common: words that are written, and badges that are waited for."""

from kiosk.faces import Face, TapFace, TypeFace
from kiosk.rules.projects import LONGEST_RECEIPT, LONGEST_TITLE, LONGEST_WORDS
from kiosk.rules.tools import LONGEST_TOOL
from kiosk.state import Purchase
from kiosk.tongue import phrase, unfilled
from kiosk.views.buttons import key_choices
from kiosk.views.keeping import rest_words
from kiosk.views.scene import Scene, frame
from kiosk.visit import jar_places as places
from kiosk.visit.jar import needed
from kiosk.visit.places import Visit
from kiosk.words import capital, money, some


def said_in(visit: Visit, place: places.SaidIn, scene: Scene) -> Face:
    """Writing the words of something."""
    title, label, longest, faint, dots = _wording(place.what, scene)
    return TypeFace(
        frame=frame(visit, scene, title, dots=dots),
        label=label,
        text=place.text,
        longest=longest,
        ready=bool(place.text.strip()),
        faint=faint,
    )


def _wording(what: places.Worded, scene: Scene) -> tuple[str, str, int, str, tuple[int, int]]:
    """Title, label, longest, an example, and how far along it is."""
    match what:
        case places.Draft():
            return (
                phrase("A proposal"),
                phrase("What is it for? In a few words"),
                LONGEST_TITLE,
                phrase("such as: a new seal for the oven"),
                (0, 5),
            )
        case places.Spending(reserve=reserve, cents=cents):
            return (
                _of_reserve(cents, reserve),
                phrase("What is it for?"),
                LONGEST_WORDS,
                phrase("such as: Ada’s rent in May"),
                (2, 4),
            )
        case places.Shelving():
            return (
                phrase("A new tool"),
                phrase("What is it called?"),
                LONGEST_TOOL,
                phrase("such as: the long ladder"),
                (1, 3),
            )
        case places.Breaking(tool=tool):
            return (
                phrase("{tool} is broken", tool=_tool(tool, scene)),
                phrase("What is wrong with it?"),
                LONGEST_RECEIPT,
                phrase("such as: the chuck slips"),
                (1, 3),
            )
        case places.Removing(tool=tool):
            return (
                phrase("{tool} leaves the shelf", tool=_tool(tool, scene)),
                phrase("Where did it go?"),
                LONGEST_RECEIPT,
                phrase("such as: worn out"),
                (1, 3),
            )


def _tool(label: str, scene: Scene) -> str:
    tool = scene.state.tools.get(label)
    return tool.name if tool else phrase("A tool")


def _of_reserve(cents: int, reserve: str) -> str:
    return phrase("{money} of {reserve}", money=money(cents), reserve=unfilled(reserve))


def taps(visit: Visit, place: places.Taps, scene: Scene) -> Face:
    """Badges are waited for."""
    title, prompt, words, icon = _tapping(place, scene)
    count = needed(place.what, place.taps, scene.state)
    return TapFace(
        frame=frame(visit, scene, title, dots=(3, 3)),
        prompt=prompt,
        words=words,
        dots_filled=len(place.taps) if count > 1 else 0,
        dots=count if count > 1 else 0,
        names=tuple(handle for handle, _ in place.taps),
        choices=key_choices(place) if places.in_circle(place) else (),
        icon=icon,
    )


def _tapping(place: places.Taps, scene: Scene) -> tuple[str, str, str, str]:
    """Title, prompt, one sentence, picture."""
    two = phrase("The next one taps") if place.taps else phrase("Two of you tap")
    match place.what:
        case places.Shelving(name=name):
            return name, two, phrase("Then it is on the shelf for all."), "repair"
        case places.Removing(tool=tool, words=words):
            return phrase("{tool} leaves the shelf", tool=_tool(tool, scene)), two, words, "repair"
        case places.Breaking(tool=tool, words=words):
            said = phrase("{words}. Then its repair can be proposed.", words=words)
            return phrase("{tool} is broken", tool=_tool(tool, scene)), phrase("Tap your badge"), said, "repair"
        case places.Mending(tool=tool):
            title = phrase("{tool} works again", tool=_tool(tool, scene))
            return title, phrase("Tap your badge"), phrase("Then it can be borrowed again."), "repair"
        case places.Resting(rest_to=rest_to):
            many = capital(phrase("{number} of you tap", number=some(scene.state.hands_needed())))
            said = phrase("From the next Friday on: {place}.", place=rest_words(rest_to))
            return phrase("Where the rest goes"), two if place.taps else many, said, "people"
        case places.Showing(purchase=purchase, words=words):
            return _showing(place, scene.state.purchases.get(purchase), words)
        case places.Spending(reserve=reserve, cents=cents, words=words):
            others = phrase("Now {number} others tap", number=some(scene.state.hands_needed()))
            prompt = others if place.taps else phrase("First whoever gets it taps")
            return _of_reserve(cents, reserve), prompt, f"{words}.", "people"


def _showing(place: places.Taps, purchase: Purchase | None, words: str) -> tuple[str, str, str, str]:
    carrier = phrase("{name} taps", name=purchase.carrier if purchase else "")
    prompt = phrase("Now somebody who saw it taps") if place.taps else carrier
    said = phrase("{words}. Another can say it too, with a second badge.", words=unfilled(words))
    return phrase("What became of it"), prompt, said, "badge"
