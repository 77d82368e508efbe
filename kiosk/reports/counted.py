"""A counted jar in plain sentences, and as data for other programs: `kiosk count`."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import msgspec

from kiosk.counting.election import Election, Rules
from kiosk.counting.steps import Bought, Count, Filled, Left, Missed, Raised, Shared, Step, Tied

_JOINERS = "\u200c\u200d"
"""Unseen, but Persian words and many emoji need them."""


def as_data(count: Count, election: Election, rules: Rules) -> dict[str, Any]:
    """All of it. Amounts are whole cents; what one person pays or holds is an exact fraction of cents, such as
    "25/3"."""
    return {
        "funded": list(count.funded),
        "spent": count.spent,
        "rest": count.rest,
        "ties": [{"ids": list(tie.ids), "by": tie.by} for tie in count.ties],
        "by_lot": count.by_lot,
        "steps": msgspec.to_builtins(count.steps, enc_hook=str),
        "budget": election.budget,
        "ballots": len(election.ballots),
        "rules": msgspec.to_builtins(rules, enc_hook=str),
    }


def sentences(count: Count, election: Election) -> Iterator[str]:
    """How it came out and why, as somebody would read it aloud. The currency is the reader's to know."""
    names = {project.id: _name(project.name, project.id) for project in election.projects}
    for step in count.steps:
        yield _sentence(step, names, election)
    bought = _row([names[each] for each in count.funded])
    yield f"Bought, in this order: {bought}." if bought else "Nothing is bought."
    yield f"Spent: {money(count.spent)}. Left: {money(count.rest)}."


def money(cents: int | Fraction) -> str:
    """An amount as people say it; of one that is no whole number of cents, what it comes to."""
    whole = round(cents)
    if cents and not whole:
        return "less than 0.01"
    said = f"{whole // 100}.{whole % 100:02d}"
    return said if whole == cents else f"about {said}"


def _name(name: str, key: str) -> str:
    """A project's name and id; whatever a file holds does nothing to a terminal."""
    said = f"{name} ({key})" if name and name != key else key
    return "".join(sign if sign.isprintable() or sign in _JOINERS else " " for sign in said)


def _row(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _want(count: int) -> str:
    return "1 person wants" if count == 1 else f"{count} people want"


def _sentence(step: Step, names: Mapping[str, str], election: Election) -> str:
    match step:
        case Shared():
            return _shared(step, election)
        case Tied():
            return _tied(step, names)
        case Bought():
            return _bought(step, names[step.id])
        case Missed():
            return _missed(step, names[step.id])
        case Raised():
            return _raised(step)
        case Filled():
            return (
                f"From what is left {names[step.id]} is bought for {money(step.cents)}: of all that may be bought "
                f"and fits, most want it ({step.approvals}). Then {money(step.rest)} is left."
            )
        case Left():
            return _left(step, names[step.id], len(election.ballots))


def _shared(step: Shared, election: Election) -> str:
    if step.raised:
        return f"So all is counted anew, as if each ballot stood for {money(step.share)}."
    ballots = "is 1 ballot, which" if step.ballots == 1 else f"are {step.ballots} ballots; each"
    return f"The jar holds {money(election.budget)}. There {ballots} stands for {money(step.share)}."


def _tied(step: Tied, names: Mapping[str, str]) -> str:
    rivals = _row([names[each] for each in step.ids])
    why = {
        "price": "The cheaper goes first",
        "approvals": "They cost the same, so what more people want goes first",
        "lot": "They cost the same and as many want them, so the lot decides",
    }[step.by]
    return f"As good as each other: {rivals}. {why}: {names[step.ids[0]]}."


def _bought(step: Bought, name: str) -> str:
    if not step.cents:
        return f"{name} costs nothing and {_want(step.approvals)} it, so it is done."
    pays = f"{step.payers} pay{_s(step.payers)} {money(step.price)}" + (" each" if step.payers > 1 else "")
    said = f"{name} is bought for {money(step.cents)}. {_want(step.approvals)} it: {pays}"
    if step.emptied:
        said += f", {step.emptied} give{_s(step.emptied)} all they have left, {money(step.given)}"
        said += " together" if step.emptied > 1 else ""
    broke = step.approvals - step.payers - step.emptied
    return said + (f", {broke} {_have(broke)} nothing left." if broke else ".")


def _s(count: int) -> str:
    return "s" if count == 1 else ""


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def _missed(step: Missed, name: str) -> str:
    who = (
        "the one person who wants it holds"
        if step.approvals == 1
        else f"the {step.approvals} people who want it hold"
    )
    return (
        f"{name} costs {money(step.cents)}; {who} {money(step.held)} "
        f"{'together ' if step.approvals > 1 else ''}by now, which is {money(step.short)} short."
    )


def _raised(step: Raised) -> str:
    if step.why == "fits":
        return "Whatever else may be bought fits the jar together, so no share is raised."
    if not step.times and step.why == "full":
        return "Nothing more that may be bought fits into what is left, so no share is raised."
    if not step.times:
        return (
            f"With {money(step.unit)} more in each share more would be bought than the jar holds; none is raised."
        )
    often = "once" if step.times == 1 else f"{step.times} times"
    end = {
        "full": "then nothing more fits",
        "over": "once more would buy more than the jar holds",
    }[step.why]
    return f"Something more would fit. Each share is raised by {money(step.unit)}, {often}; {end}."


def _left(step: Left, name: str, ballots: int) -> str:
    want = f"{_want(step.approvals)} it"
    match step.why:
        case "nobody":
            return f"{name} isn't bought: nobody wants it."
        case "short":
            return f"{name} isn't bought: {want}, who hold too little together."
        case "floor":
            needed = f"at least {step.least} of {ballots}"
            return f"{name} isn't bought: {want}, and what is left over buys only what {needed} want."
        case "rest":
            return f"{name} isn't bought: it costs {money(step.cents)}, and {money(step.rest)} is left."
