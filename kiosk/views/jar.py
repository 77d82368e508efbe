"""The jar, what is proposed for it, money that goes in, and what is kept beside it, as plain words and numbers."""

from datetime import date, timedelta

from kiosk.amounts import JAR, EntryId, glass, per_mille
from kiosk.events import BACK_TO_MEMBERS, NEXT_PROJECT, duty_called
from kiosk.faces import (
    Choice,
    Face,
    Frame,
    Glass,
    JarFace,
    JarOnWall,
    Mark,
    MoneyFace,
    Proposal,
    ProposalFace,
    RowsFace,
    TapFace,
    TilesFace,
    TroubleFace,
    TypeFace,
)
from kiosk.rules.funds import places_for_rest
from kiosk.rules.projects import (
    FRIDAY,
    LONGEST_RECEIPT,
    LONGEST_SORT,
    LONGEST_TITLE,
    LONGEST_WORDS,
)
from kiosk.rules.rotation import comes_next
from kiosk.rules.tools import LONGEST_TOOL
from kiosk.state import KEEPING_THE_JAR, PROJECTS, Fund, Project, Purchase, State
from kiosk.tongue import fill, later, phrase, plural, unfilled
from kiosk.views.buttons import key_choices, picking, writing
from kiosk.views.scene import Scene, frame, lines_of, paged, paged_by
from kiosk.visit import jar_places as places
from kiosk.visit.ground import Surroundings
from kiosk.visit.jar import LONGEST_DIGITS, may_end, needed
from kiosk.visit.keeping import BECAME, owed, unused
from kiosk.visit.places import Visit
from kiosk.words import by, capital, jar_word, local, money, names, price, some, until, weekday

ROOM, SHORT, LETTERS = 9, 3, 28
"""Room on one page: three short proposals, or fewer long ones; what a short one takes; letters in a line of it."""

TILES = 9
"""Tiles on one page."""

SORT_ICONS = {
    "tool repair": "repair",
    "dental": "care",
    "printing": "note",
    "hardship": "offer",
    "strike reserve": "jar",
}
"""The picture of each kind of project; those that the shop named share one."""


TILE = 40
"""Letters that fit a tile, or a title beside a sum."""


ROWS_ROOM, ROW, LONG_ROW = 9, 3, 4
"""Room on one page of rows with whole titles; what a row of two lines takes; what one of more takes."""

ROW_LETTERS = 56
"""Letters in a line of such a row."""


def short(text: str) -> str:
    """Words cut to what fits, and seen to be cut; only where all of them stand one touch further."""
    return text if len(text) <= TILE else text[: TILE - 1].rstrip() + "…"


def _with(title: str, words: str, otherwise: str) -> str:
    """Words with a title in them, where that has room in a line; else other words, and no title."""
    return words if len(title) <= TILE else otherwise


# --- the glass --------------------------------------------------------------------------------------------


def drawn(fund: Fund, projects: tuple[Project, ...], *, under: str = "") -> Glass:
    """A jar as it is: full to its true level, with what is proposed as marks on the glass."""
    holds = glass(fund.cents, [each.price for each in projects])
    return Glass(
        sum=money(fund.cents),
        level=per_mille(fund.cents, holds),
        under=under,
        marks=tuple(Mark(each.title, price(each.price), per_mille(each.price, holds)) for each in projects),
    )


def of_fund(state: State, fund: str) -> tuple[Project, ...]:
    """What is proposed for a fund: what stands first, then in the order it was proposed."""
    found = [each for each in state.projects.values() if each.fund == fund]
    return tuple(sorted(found, key=lambda each: not each.seconder))


def shared_out(today: date, fund: Fund) -> str:
    """How long it is to Friday, in words. today: on the clock of the room."""
    emptied = local(fund.emptied).date() if fund.emptied else None
    days = (FRIDAY - today.weekday()) % 7
    if not days and emptied == today:
        return phrase("shared out today, to zero")
    if not fund.cents:
        return phrase("nothing in it yet")
    if not days:
        return phrase("shared out today")
    if days == 1:
        return phrase("shared out tomorrow")
    return plural(
        "shared out in {n} day, on {weekday}",
        "shared out in {n} days, on {weekday}",
        days,
        weekday=weekday(today + timedelta(days=days)),
    )


def foot(state: State, fund: Fund) -> str:
    """How many proposals there are, and what else is to be said of a jar in few words."""
    found = of_fund(state, fund.name)
    stand = sum(bool(each.seconder) for each in found)
    want = len(found) - stand
    parts = (
        plural("{n} proposal stands", "{n} proposals stand", stand) if stand else "",
        plural("{n} wants a second badge", "{n} want a second badge", want) if want else "",
        _unknown(fund),
    )
    return " · ".join(part for part in parts if part)


def kept(state: State, fund: Fund, today: date) -> str:
    """Who keeps a daughter fund, by its duty of that name; "" for the jar and where no such duty goes round."""
    duty = state.duties.get(duty_called(KEEPING_THE_JAR, fund.name))
    if fund.name == JAR or duty is None:
        return ""
    if duty.holder:
        return phrase("{name} keeps it {until}", name=duty.holder, until=until(duty.until))
    coming = comes_next(state, duty.name, (), today)
    if coming:
        return phrase("nobody keeps it yet; {name} is next", name=coming)
    return phrase("nobody keeps it yet")


def _unknown(fund: Fund) -> str:
    if not fund.unknown:
        return ""
    return plural(
        "{n} coin of no known value: the count tells",
        "{n} coins of no known value: the count tells",
        fund.unknown,
    )


def shown_now(scene: Scene) -> Fund:
    """The jar that the wall shows: where there are several, another one every minute."""
    funds = tuple(scene.state.funds.values())
    return funds[scene.now.wall // 60_000 % len(funds)]


def on_wall(scene: Scene) -> JarOnWall | None:
    """The jar on the wall; where there are several, another one every minute. None before there is one to show."""
    fund = shown_now(scene)
    standing = tuple(each for each in of_fund(scene.state, fund.name) if each.seconder)
    return JarOnWall(
        glass=drawn(fund, standing),
        what=shared_out(local(scene.now).date(), fund),
        foot=foot(scene.state, fund),
        fund="" if fund.name == JAR else fund.name,
        key=f"jar:{fund.name}",
    )


# --- the page ---------------------------------------------------------------------------------------------


def jar(visit: Visit, place: places.JarPlace, scene: Scene) -> Face:
    """The jar's own page."""
    state = scene.state
    fund = state.funds.get(place.fund)
    if fund is None:
        words = phrase("There is no such jar any more")
        return TroubleFace(frame=frame(visit, scene, ""), words=words, mend="", icon="jar")
    found = of_fund(state, fund.name)
    shown, page = paged_by(found, [_room(each) for each in found], place.page, ROOM)
    return JarFace(
        frame=frame(visit, scene, jar_word(fund.name)),
        glass=drawn(fund, tuple(each for each in found if each.seconder)),
        lines=tuple(line(each) for each in shown),
        choices=(
            Choice(key="propose", words=phrase("propose"), icon="plus", tone="strong"),
            Choice(key="money in", words=phrase("put money in"), icon="jar"),
            Choice(key="more", words=phrase("more"), icon="list"),
        ),
        page=page,
        what=shared_out(local(scene.now).date(), fund),
        foot=foot(state, fund),
        kept=kept(state, fund, local(scene.now).date()),
        empty=phrase("Nothing is proposed yet. What would this money be good for?"),
    )


def _room(project: Project) -> int:
    """How much of a page a proposal takes."""
    return max(SHORT, lines_of(project.title, LETTERS) + 2)


def line(project: Project) -> Proposal:
    """A proposal in a row."""
    return Proposal(
        key=f"project:{project.id}",
        title=project.title,
        price=money(project.cents),
        who=phrase("{name} carries it out", name=project.carrier),
        told=phrase("stands") if project.seconder else phrase("wants a second badge"),
        stands=bool(project.seconder),
        icon=sort_icon(project.sort),
        note=phrase("{money} set aside", money=money(project.aside)) if project.aside else "",
    )


def sort_icon(sort: str) -> str:
    """The picture of a kind of project."""
    return SORT_ICONS.get(sort, "other")


def money_in(visit: Visit, place: places.MoneyIn, scene: Scene) -> Face:
    """How money comes in."""
    return TilesFace(
        frame=frame(visit, scene, phrase("Put money in"), dots=(0, 2)),
        choices=(
            Choice(key="give", words=phrase("by hand"), icon="offer", hint=phrase("an amount, two badges")),
            Choice(
                key="slice", words=phrase("a slice of the wages"), icon="people", hint=phrase("one sum, two badges")
            ),
            Choice(
                key="slices",
                words=phrase("slices, one by one"),
                icon="badge",
                hint=phrase("each taps and says how much"),
            ),
        ),
        words=phrase("Coins just go into the slot; nobody’s name is with them."),
    )


def more(visit: Visit, place: places.JarMore, scene: Scene) -> Face:
    """What is done seldom."""
    state = scene.state
    fund = state.funds.get(place.fund) or state.funds[JAR]
    choices = [
        Choice(key="count", words=phrase("count it by hand"), icon="bookkeeping", hint=phrase("two badges")),
        Choice(key="receipts", words=phrase("what became of it"), icon="list", hint=_owed(state)),
        Choice(key="rest", words=phrase("where the rest goes"), icon="arrow-right", hint=rest_words(fund.rest_to)),
        Choice(
            key="reserves",
            words=phrase("reserves"),
            icon="jar",
            hint=money(sum(each.cents for each in state.reserves.values())),
        ),
        Choice(key="tools", words=phrase("tools"), icon="repair"),
    ]
    if fund.name != JAR:
        own = sum(duty.fund == fund.name for duty in state.duties.values())
        hint = plural("one goes round", "{n} go round", own) if own else phrase("none goes round yet")
        choices.append(Choice(key="duties", words=phrase("its duties"), icon="arrow-right", hint=hint))
    if len(state.funds) > 1:
        hint = phrase("{n} in all", n=len(state.funds))
        choices.append(Choice(key="jars", words=phrase("other jars"), icon="jar", hint=hint))
    if may_end(fund.name, Surroundings(state, scene.now, scene.find)):
        choices.append(Choice(key="end", words=phrase("end this jar"), icon="close", hint=phrase("it is empty")))
    return TilesFace(frame=frame(visit, scene, jar_word(fund.name)), choices=tuple(choices))


def _owed(state: State) -> str:
    count = len(state.purchases)
    return plural("{n} to be said", "{n} to be said", count) if count else phrase("nothing is owed")


REST_WORDS = {
    BACK_TO_MEMBERS: later("back to members, equally"),
    NEXT_PROJECT: later("the next project, in part"),
}
"""Where a rest goes that goes to no reserve and no jar."""


def rest_words(place: str) -> str:
    """Where a rest goes, as people say it."""
    return unfilled(REST_WORDS.get(place, place))


def jars(visit: Visit, place: places.Jars, scene: Scene) -> Face:
    """All jars."""
    shown, page = paged(tuple(scene.state.funds.values()), place.page, TILES)
    return TilesFace(
        frame=frame(visit, scene, phrase("Which jar?")),
        choices=tuple(
            Choice(
                key=f"jar:{fund.name}",
                words=jar_word(JAR) if fund.name == JAR else fund.name,
                icon="jar",
                hint=_with_whom(fund),
            )
            for fund in shown
        ),
        page=page,
    )


def _with_whom(fund: Fund) -> str:
    if not fund.circle:
        return phrase("{money} · all of us", money=money(fund.cents))
    return fill("{money} · {names}", {"money": money(fund.cents), "names": names(fund.circle)})


# --- one proposal -----------------------------------------------------------------------------------------


def proposal(visit: Visit, place: places.ProposalPlace, scene: Scene) -> Face:
    """One proposal, whole."""
    project = scene.state.projects.get(place.project)
    if project is None:
        words = phrase("This is no longer on the jar")
        return TroubleFace(frame=frame(visit, scene, ""), words=words, mend="", icon="jar")
    fund = scene.state.funds[project.fund]
    return ProposalFace(
        frame=frame(visit, scene, phrase("A proposal")),
        title=project.title,
        price=money(project.cents),
        sort=unfilled(project.sort),
        told=told(project),
        glass=drawn(fund, (project,)),
        stands=bool(project.seconder),
        icon=sort_icon(project.sort),
        words=project.words,
        facts=_facts(project),
        downside=_downside(project),
        choices=tuple(_ways(visit, project, scene.state)),
    )


def _downside(project: Project) -> str:
    if not project.downside:
        return ""
    return phrase("{name}: {words}", name=project.against, words=project.downside)


def told(project: Project) -> str:
    """Whether it stands, and since how many Fridays it waits."""
    if not project.seconder:
        return phrase("wants a second badge")
    if not project.waited:
        return phrase("stands")
    return plural("stands, for {n} Friday now", "stands, for {n} Fridays now", project.waited + 1)


def _facts(project: Project) -> tuple[tuple[str, str], ...]:
    facts = (
        (phrase("carries it out"), project.carrier),
        (phrase("proposed by"), project.proposer if project.proposer != project.carrier else ""),
        (phrase("second badge"), project.seconder),
        (phrase("set aside"), money(project.aside) if project.aside else ""),
    )
    return tuple((what, who) for what, who in facts if who)


def _ways(visit: Visit, project: Project, state: State) -> list[Choice]:
    ways = []
    here = {member.handle for member in state.present()}
    if not project.seconder and visit.who not in (project.proposer, project.carrier):
        ways.append(Choice(key="second", words=phrase("second it"), icon="badge", tone="strong"))
    if visit.who and (visit.who == project.proposer or not {project.proposer, project.carrier} <= here):
        ways.append(Choice(key="withdraw", words=phrase("take it back"), icon="undo"))
    return ways


def wants_second(visit: Visit, place: places.WantsSecond, scene: Scene) -> Face:
    """A second badge is waited for, now or later."""
    project = scene.state.projects.get(place.project)
    apart = {project.proposer, project.carrier} if project else set()
    head = phrase("It hangs on the jar") if place.fresh else phrase("A second badge")
    return TapFace(
        frame=frame(visit, scene, head, dots=(4, 5)),
        prompt=phrase("Now it wants a second badge"),
        words=phrase(
            "{title}. Anybody but {names} can tap, now or later.",
            title=project.title if project else "",
            names=names(sorted(apart)),
        ),
        dots_filled=1,
        dots=2,
        choices=(Choice(key="later", words=phrase("later"), icon="check"),) if place.fresh else (),
        icon="badge",
    )


# --- putting one together ---------------------------------------------------------------------------------


def choose_sort(visit: Visit, place: places.ChooseSort, scene: Scene) -> Face:
    """What kind it is."""
    choices = tuple(
        Choice(key=f"sort:{sort}", words=_sort_word(sort), icon=sort_icon(sort))
        for sort in scene.state.project_kinds()
    )
    shown, page = paged(choices, place.page, TILES)
    return TilesFace(
        frame=frame(visit, scene, phrase("What kind is it?"), dots=(2, 5)),
        choices=shown,
        extra=(Choice(key="name sort", words=phrase("a new word"), icon="plus", tone="quiet"),),
        page=page,
    )


def _sort_word(sort: str) -> str:
    return phrase("something else") if sort == PROJECTS[-1] else unfilled(sort)


def name_sort(visit: Visit, place: places.NameSort, scene: Scene) -> Face:
    """A new word for a kind of project."""
    return TypeFace(
        frame=frame(visit, scene, phrase("A new kind of project"), dots=(2, 5)),
        label=phrase("One word for it, as you say it here"),
        text=place.text,
        longest=LONGEST_SORT,
        ready=len(place.text.strip()) > 1,
        faint=phrase("such as: seeds"),
    )


CARRYING = later("Whoever carries it out gets the money, and says what became of it.")


def who_carries(visit: Visit, place: places.WhoCarries, scene: Scene) -> Face:
    """Who carries it out, and gets the money."""
    draft = place.draft
    if not visit.who and place.other:
        prompt, words = phrase("First whoever proposes it taps"), phrase("Then whoever carries it out.")
        choice = Choice(key="me", words=phrase("the same does both"), icon="badge")
    elif not visit.who:
        prompt, words = phrase("Tap: you propose it and carry it out"), phrase(CARRYING)
        choice = Choice(key="other", words=phrase("somebody else does it"), icon="people")
    else:
        prompt, words = phrase("Who carries it out? They tap"), phrase(CARRYING)
        choice = Choice(key="me", words=phrase("I do"), icon="check", tone="strong")
    title = _with(draft.title, draft.title, phrase("A proposal"))
    head = fill("{title} · {money}", {"title": title, "money": money(draft.cents)})
    return TapFace(
        frame=frame(visit, scene, head, dots=(3, 5)),
        prompt=prompt,
        words=words,
        choices=(choice,),
        icon="badge",
    )


# --- words and sums ---------------------------------------------------------------------------------------


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


def how_much(visit: Visit, place: places.HowMuch, scene: Scene) -> Face:
    """A sum of money, and who has agreed to it."""
    title, dots = _sum_title(place.what, scene)
    return MoneyFace(
        frame=frame(
            visit, scene, title, dots=dots, back=None if not places.in_circle(place) else bool(visit.trail)
        ),
        amount=money(place.cents),
        digits=str(place.cents) if place.cents else "",
        prompt=_sum_prompt(place),
        words=_sum_words(place, scene),
        warning=_sum_warning(place, scene),
        less=place.cents > 0,
        longest=LONGEST_DIGITS,
        names=tuple(handle for handle, _ in place.taps),
        book=_book(place),
        icon="jar",
    )


BY_BUTTONS = later("Circle: next digit. Square: one more.")
"""How a sum is typed with the buttons alone."""


def _sum_title(what: places.Sum, scene: Scene) -> tuple[str, tuple[int, int]]:
    match what:
        case places.Draft(title=title):
            whole = phrase("{title}: what does it cost?", title=title)
            return _with(title, whole, phrase("What does it cost?")), (1, 5)
        case places.Giving():
            return phrase("How much goes in?"), (1, 2)
        case places.Slicing(now=now) if now is not None:
            return phrase("{name}: how much of the wages?", name=now[0]), (1, 3)
        case places.Slicing():
            return phrase("How much of the wages, all together?"), (1, 2)
        case places.Counting(fund=fund):
            return phrase("{jar}: what did you count?", jar=jar_word(fund)), (1, 2)
        case places.Parting(name=name):
            return phrase("How much is for {name}?", name=name), (0, 0)
        case places.Spending(reserve=reserve):
            return phrase("How much of {reserve}?", reserve=unfilled(reserve)), (1, 4)


def _sum_prompt(place: places.HowMuch) -> str:
    if place.what == _book_alone(place.what) or not _counts(place):
        return ""
    match place.what:
        case places.Giving():
            return phrase("now somebody who saw it taps") if place.taps else phrase("now whoever gives it taps")
        case places.Counting():
            return phrase("now the other one taps") if place.taps else phrase("now the two who counted tap")
    return phrase("now a second one taps") if place.taps else phrase("now two of you tap")


def _counts(place: places.HowMuch) -> bool:
    """Whether badges can book this sum: a count may come to nothing, all else is at least a cent."""
    return bool(place.cents) or isinstance(place.what, places.Counting)


def _book_alone(what: places.Sum) -> places.Sum | None:
    """What no badge books here."""
    alone = isinstance(what, places.Draft | places.Spending | places.Parting)
    return what if alone or (isinstance(what, places.Slicing) and what.each) else None


def _book(place: places.HowMuch) -> Choice | None:
    if _book_alone(place.what) is None or not place.cents:
        return None
    return Choice(key="typed", words=phrase("that is it"), icon="check", tone="strong")


def _sum_words(place: places.HowMuch, scene: Scene) -> str:
    state = scene.state
    match place.what:
        case places.Counting(fund=fund) if place.taps:
            return _compared(state.funds[fund].cents, place.cents)
        case places.Counting(fund=fund):
            strange = state.funds[fund].unknown
            among = plural("{n} unknown coin among it.", "{n} unknown coins among it.", strange)
            said = among if strange else phrase("Count it by hand.")
            return f"{said} {phrase(BY_BUTTONS)}" if places.in_circle(place) else said
        case places.Spending(reserve=reserve):
            return phrase("There are {money} in it.", money=money(state.reserves[reserve].cents))
        case places.Parting(fund=fund, parts=parts):
            left = state.funds[fund].counted.total - sum(cents for _, cents in parts)
            said = phrase("{money} are left to be parted.", money=money(left))
            return f"{said} {phrase(BY_BUTTONS)}"
        case places.Draft(fund=fund):
            held = state.funds.get(fund)
            return phrase("The jar holds {money}.", money=money(held.cents)) if held else ""
    return phrase("Everybody can see who gave it.")


def _compared(expected: int, counted: int) -> str:
    """What a count found beside what was expected."""
    off = counted - expected
    if off > 0:
        words = later("Expected {expected}, counted {counted}: {money} more.")
    elif off < 0:
        words = later("Expected {expected}, counted {counted}: {money} less.")
    else:
        return phrase(
            "Expected {expected}, counted {counted}: the same.", expected=money(expected), counted=money(counted)
        )
    return phrase(words, expected=money(expected), counted=money(counted), money=money(abs(off)))


def _sum_warning(place: places.HowMuch, scene: Scene) -> str:
    fund = scene.state.funds.get(place.what.fund) if isinstance(place.what, places.Draft) else None
    if fund is not None and place.cents > fund.cents:
        return phrase("That is more than the jar holds now. It can wait for more.")
    return ""


def slices(visit: Visit, place: places.Slices, scene: Scene) -> Face:
    """Slices of the wages, person by person."""
    taken = place.slicing.slices
    whole = sum(cents for _, _, cents in taken)
    said = " · ".join(fill("{name} {money}", {"name": name, "money": money(cents)}) for name, _, cents in taken)
    book = Choice(key="book", words=phrase("book {money}", money=money(whole)), icon="check", tone="strong")
    return TapFace(
        frame=frame(visit, scene, phrase("Slices of the wages"), dots=(2, 3)),
        prompt=_slices_prompt(place),
        words=said or phrase("Each taps, and says how much."),
        names=tuple(handle for handle, _, _ in taken),
        choices=(book,) if taken and not place.witness else (),
        icon="people",
    )


def _slices_prompt(place: places.Slices) -> str:
    if place.witness:
        return phrase("Now somebody who saw it taps")
    return phrase("The next one taps") if place.slicing.slices else phrase("The first one taps")


# --- badges -----------------------------------------------------------------------------------------------


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


# --- what is kept beside the jar --------------------------------------------------------------------------


def receipts(visit: Visit, place: places.Receipts, scene: Scene) -> Face:
    """Money for which nothing has been shown yet."""
    around = frame(visit, scene, phrase("What became of it?"))
    rows = tuple(
        Choice(key=f"receipt:{each.id}", words=_owed_line(each), icon="list") for each in owed(scene.state)
    )
    if not rows:
        words = phrase("Nothing is owed. All that was given out has been accounted for.")
        return TilesFace(frame=around, choices=(), words=words)
    return _whole_titles(around, rows, place.page)


def _owed_line(owed: Purchase) -> str:
    return phrase(
        "{title} · {money} · {name}, {due}",
        title=owed.title,
        money=money(owed.cents),
        name=owed.carrier,
        due=by(owed.due),
    )


def _whole_titles(around: Frame, rows: tuple[Choice, ...], page: int) -> RowsFace:
    """Rows to touch, as many on a page as have room with all of their words."""
    sizes = [ROW if lines_of(row.words, ROW_LETTERS) <= 2 else LONG_ROW for row in rows]
    shown, at = paged_by(rows, sizes, page, ROWS_ROOM)
    return RowsFace(frame=around, rows=shown, page=at)


def receipt_words(visit: Visit, place: places.ReceiptWords, scene: Scene) -> Face:
    """What became of it."""
    purchase = scene.state.purchases.get(place.showing.purchase)
    title = purchase.title if purchase else ""
    plain = phrase("What became of it?")
    if place.text is not None:
        label = _with(title, phrase("What became of it? {title}", title=title), plain)
        return writing(visit, scene, label, place.text, LONGEST_RECEIPT)
    question = _with(title, phrase("{title}: what became of it?", title=title), plain)
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
    return _whole_titles(frame(visit, scene, title), rows, place.page)


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
