"""The few words that the screens say of themselves; all others come with the face."""

BACK = "back"
STOP = "stop"
LEAVE = "leave"
EARLIER = "before"
LATER = "more"
SPACE = "space"
WHAT_DID_YOU_DO = "What did you do?"
LAST_SWAPS = "Just swapped"
NEEDS_AND_OFFERS = "Needs and offers"
RUNNING = "Clocks that run"
WHAT_IS_OUT = "What is out"
COLLECTED = "collected"
HEARD = "heard so far"
DECIDED = "Decided"
WHO_DOES_WHAT = "Who does what"
SEAL = "The seal of our record"
NOTHING_BOUGHT = "Nothing this time"
NEXT_BADGE = "Next badge"
NOBODY = "nobody yet"


def page(this: int, of_all: int) -> str:
    """Which page one sees."""
    return f"{this} of {of_all}"


def more(count: int) -> str:
    """How many are not shown."""
    return f"and {count} more"


def voted(count: int, of_all: int) -> str:
    """How many have taken part in an approval round."""
    return f"{count} of {of_all} have voted"


def here(count: int) -> str:
    """How many have tapped in."""
    return f"{count} are here"


def turn(this: int, of_all: int) -> str:
    """Whose turn it is, by number."""
    return f"{this} of {of_all}"
