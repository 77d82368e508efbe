"""What the charts of a report say, in the language spoken."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from kiosk import periods
from kiosk.chart import (
    AnyChart,
    Bar,
    BarChart,
    ColumnChart,
    DotChart,
    Key,
    LineChart,
    Look,
    Piece,
    Tick,
)
from kiosk.figures import Audit, Figure
from kiosk.tongue import phrase, plural, unfilled
from kiosk.views.figures import NOTHING, month_word, value_of
from kiosk.words import capital, duration, duty_word, figure, price, work_word

MOST = 8
"""Rows of a chart; of more, the smallest are one."""

LEAST = 4
"""Months of a chart."""


def charts(audit: Audit, trend: Sequence[Audit], most: int = MOST) -> tuple[AnyChart, ...]:
    """All charts of a report, in the language spoken. trend: months up to its end, the oldest first. most: rows."""
    lived = _lived(trend)
    return (
        made_and_taken(audit, most),
        won_and_reforms(audit, most),
        hours_by_kind(audit, most),
        share_of_the_commons(lived),
        turnover(lived, most),
        dissent(lived),
    )


def _lived(trend: Sequence[Audit]) -> Sequence[Audit]:
    """Without the months of before there was anything; never fewer than so many."""
    first = next(
        (at for at, audit in enumerate(trend) if not all(each.empty for each in audit.sections)), len(trend)
    )
    return trend[min(first, max(0, len(trend) - LEAST)) :]


# --- what a month or a quarter came to --------------------------------------------------------------------


def made_and_taken(audit: Audit, most: int = MOST) -> BarChart:
    """What was made under self-management beside what the owners took, of each goods on a scale of its own."""
    figures = audit.section("goods").figures
    goods = sorted({(each.what, each.unit) for each in figures})
    found = {(each.key, each.what, each.unit): each for each in figures}
    bars, spans = [], []
    for what, unit in goods[: most // 2]:
        made, taken = (found.get((key, what, unit)) for key in ("made", "taken"))
        scale = max(_amount(made), _amount(taken), 1)
        bars += [_goods(what, "full", made), _goods("", "hatched", taken)]
        spans += [scale, scale]
    return BarChart(
        name="goods",
        title=phrase("Made by us, taken by the owners"),
        tint="hours",
        note=_joined(
            phrase("Of each goods on a scale of its own.") if len(goods) > 1 else "",
            _left_out(len(goods), most // 2),
        ),
        none="" if goods else phrase("No goods were said aloud for these days."),
        keys=(Key("full", phrase("made by us")), Key("hatched", phrase("taken by the owners"))),
        bars=tuple(bars),
        spans=tuple(spans),
    )


def _left_out(count: int, most: int) -> str:
    """How many have no room in a chart; nobody is to think that there are no others."""
    left = count - most
    return plural("{n} more is in the figures.", "{n} more are in the figures.", left) if left > 0 else ""


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _goods(label: str, look: Look, found: Figure | None) -> Bar:
    words = value_of(found) if found else NOTHING
    return Bar(label, (Piece(look, _amount(found), words),))


def _amount(found: Figure | None) -> int:
    return found.value or 0 if found else 0


def won_and_reforms(audit: Audit, most: int = MOST) -> BarChart:
    """What was won, by action, and what others boast of, on one scale."""
    won = _worth(audit, "won", "full", most // 2)
    reforms = _worth(audit, "reforms", "hatched", most // 2)
    bars = (*won, *reforms)
    ticks = _ticks(max((bar.amount for bar in bars), default=0), price, _MONEY)
    return BarChart(
        name="won",
        title=phrase("What we won, and the reforms others boast of"),
        tint="money",
        note=phrase("Both on one scale; what is worth no money is not drawn.") if bars else "",
        none="" if bars else phrase("Neither was said aloud for these days."),
        keys=(Key("full", phrase("won, by action")), Key("hatched", phrase("reforms, by whom"))),
        bars=bars,
        spans=(ticks[-1].at,) * len(bars),
        ticks=ticks,
    )


def _worth(audit: Audit, section: str, look: Look, most: int) -> tuple[Bar, ...]:
    figures = [each for each in audit.section(section).figures if each.key == "worth"]
    bars = [Bar(unfilled(each.what), (Piece(look, _amount(each), price(_amount(each))),)) for each in figures]
    return _largest(bars, most, price)


def hours_by_kind(audit: Audit, most: int = MOST) -> BarChart:
    """All hours under self-management by kind of work."""
    looks: Mapping[str, Look] = {"swapped": "full", "commons": "hatched", "said": "dotted", "tasks": "empty"}
    kinds: dict[str, dict[Look, int]] = {}
    for each in audit.section("hours").figures:
        if each.standing == "part" and each.value:
            label = work_word(each.what) if each.what else phrase("tasks of the circles")
            pieces = kinds.setdefault(label, {})
            look = looks[each.key]
            pieces[look] = pieces.get(look, 0) + each.value
    bars = [
        Bar(label, tuple(Piece(look, pieces[look]) for look in looks.values() if look in pieces))
        for label, pieces in kinds.items()
    ]
    shown = _ending_in_words(_largest(bars, most, duration), duration)
    words = {
        "full": phrase("for one another"),
        "hatched": phrase("for the commons"),
        "dotted": phrase("said by hand"),
        "empty": phrase("tasks of the circles"),
    }
    used = {piece.look for bar in shown for piece in bar.pieces}
    ticks = _ticks(max((bar.amount for bar in shown), default=0), duration, _HOURS)
    return BarChart(
        name="kinds",
        title=phrase("Our hours, by kind of work"),
        tint="hours",
        none="" if shown else phrase("No hours in these days."),
        keys=tuple(Key(look, words[look]) for look in looks.values() if look in used),
        bars=shown,
        spans=(ticks[-1].at,) * len(shown),
        ticks=ticks,
    )


def _ending_in_words(bars: Iterable[Bar], said: Callable[[int], str]) -> tuple[Bar, ...]:
    """Each bar with what it comes to at its end."""
    return tuple(
        Bar(bar.label, (*bar.pieces[:-1], Piece(bar.pieces[-1].look, bar.pieces[-1].amount, said(bar.amount))))
        for bar in bars
    )


def _largest(bars: Sequence[Bar], most: int, said: Callable[[int], str]) -> tuple[Bar, ...]:
    """The longest bars first; of more than there is room for, the shortest as one."""
    ordered = sorted(bars, key=lambda bar: (-bar.amount, bar.label))
    if len(ordered) <= most:
        return tuple(ordered)
    kept, rest = ordered[: most - 1], ordered[most - 1 :]
    looks: dict[Look, int] = {}
    for piece in (piece for bar in rest for piece in bar.pieces):
        looks[piece.look] = looks.get(piece.look, 0) + piece.amount
    words = said(sum(looks.values()))
    pieces = [Piece(look, amount) for look, amount in looks.items()]
    pieces[-1] = Piece(pieces[-1].look, pieces[-1].amount, words)
    label = plural("{n} other", "{n} others", len(rest))
    return (*kept, Bar(label, tuple(pieces)))


# --- from month to month ----------------------------------------------------------------------------------


def share_of_the_commons(trend: Sequence[Audit]) -> LineChart:
    """Which part of all swapped hours was for the commons."""
    shares = [_figure(audit, "share", "share") for audit in trend]
    points = tuple(
        (_month(audit.period), share, words)
        for audit, (share, words) in zip(trend, [_per_mille(each) for each in shares], strict=True)
    )
    most = max((share for _, share, _ in points if share is not None), default=0)
    return LineChart(
        name="share",
        title=phrase("Share of our hours that goes to the commons"),
        tint="hours",
        note=phrase("Hours for the commons ÷ all that were swapped or given to it."),
        none="" if any(share is not None for _, share, _ in points) else phrase("No hours were swapped."),
        points=points,
        ticks=_ticks(most, lambda share: phrase("{percent} %", percent=share // 10), _PER_MILLE),
    )


def _figure(audit: Audit, section: str, key: str) -> Figure | None:
    return next((each for each in audit.section(section).figures if each.key == key), None)


def _per_mille(share: Figure | None) -> tuple[int | None, str]:
    if share is None or share.value is None:
        return None, ""
    return share.value * 1000 // share.per, value_of(share)


def turnover(trend: Sequence[Audit], most: int = MOST) -> DotChart:
    """In which months each duty turned, and how often: the duties of all first, and of
    these those that turned least."""
    turned: dict[str, dict[str, int]] = {}
    for audit in trend:
        for each in audit.section("duties").figures:
            if each.key == "turned":
                turned.setdefault(each.what, {})[audit.period] = each.value or 0
    names = sorted(turned, key=lambda name: ("(" in name, sum(turned[name].values()), name))
    return DotChart(
        name="turnover",
        title=phrase("Which duties turned"),
        tint="ink",
        note=_joined(phrase("How often in the month; an empty ring: not once."), _left_out(len(names), most)),
        none="" if names else phrase("No duty turned."),
        columns=tuple(_month(audit.period) for audit in trend),
        rows=tuple((capital(duty_word(name)), _turns(turned[name], trend)) for name in names[:most]),
    )


def _turns(turned: Mapping[str, int], trend: Sequence[Audit]) -> tuple[int | None, ...]:
    """Before it turned for the first time a duty may not have been there."""
    first = min(turned)
    return tuple(turned.get(audit.period, 0) if audit.period >= first else None for audit in trend)


def dissent(trend: Sequence[Audit]) -> ColumnChart:
    """How many rounds had somebody say otherwise, as far as it was told."""
    looks: Mapping[str, Look] = {"some": "full", "none": "hatched", "untold": "empty"}
    columns = tuple(
        Bar(
            _month(audit.period),
            tuple(Piece(look, audit.value("dissent", key), "") for key, look in looks.items()),
        )
        for audit in trend
    )
    most = max((column.amount for column in columns), default=0)
    return ColumnChart(
        name="dissent",
        title=phrase("Votes in which somebody said otherwise"),
        tint="ink",
        none="" if most else phrase("Nothing was voted on."),
        keys=(
            Key("full", phrase("somebody said otherwise")),
            Key("hatched", phrase("all said the same")),
            Key("empty", phrase("only the outcome is told")),
        ),
        columns=columns,
        ticks=_ticks(most, figure, _COUNTS),
    )


def _month(period: str) -> str:
    """A month in three letters or so: "Nov"; January with its year, so that one knows where one is."""
    short = month_word(period, wide=False)
    first = periods.first_day(period)
    return f"{short}\n{first.year}" if first.month == 1 else short


# --- scales -----------------------------------------------------------------------------------------------

_MONEY = tuple(step * 10**place for place in range(2, 20) for step in (1, 2, 5))
_HOURS = (15, 30, *(60 * step * 10**place for place in range(15) for step in (1, 2, 5)))
_COUNTS = tuple(step * 10**place for place in range(18) for step in (1, 2, 5))
_PER_MILLE = (10, 20, 50, 100, 200, 250)
_TICKS = 5


def _ticks(most: int, said: Callable[[int], str], steps: Sequence[int]) -> tuple[Tick, ...]:
    """From nothing to at least the most, in steps that people count in."""
    step = next((step for step in steps if step * _TICKS >= most), steps[-1])
    count = max(1, -(-most // step))
    return tuple(Tick(step * place, said(step * place) if place else "0") for place in range(count + 1))
