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
from kiosk.views.buttons import key_choices, picking, writing
from kiosk.views.scene import Scene, frame, lines_of, paged, paged_by
from kiosk.visit import jar_places as places
from kiosk.visit.ground import Surroundings, number
from kiosk.visit.jar import LONGEST_DIGITS, may_end, needed
from kiosk.visit.keeping import BECAME, owed, unused
from kiosk.visit.places import Visit
from kiosk.words import by, jar_word, local, money, names, price, until

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
    """Words with a title before them, where that has room in a line; else other words, and no title."""
    return words.format(title=title) if len(title) <= TILE else otherwise


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
        return "shared out today, to zero"
    if not days:
        return "shared out today"
    if days == 1:
        return "shared out tomorrow"
    then = today + timedelta(days=days)
    return f"shared out in {days} days, on {then:%A}"


def foot(state: State, fund: Fund) -> str:
    """How many proposals there are, and what else is to be said of a jar in few words."""
    found = of_fund(state, fund.name)
    stand = sum(bool(each.seconder) for each in found)
    want = len(found) - stand
    parts = (
        f"{stand} proposal{'s' if stand > 1 else ''} stand{'' if stand > 1 else 's'}" if stand else "",
        f"{want} want{'' if want > 1 else 's'} a second badge" if want else "",
        _unknown(fund),
    )
    return " · ".join(part for part in parts if part)


def kept(state: State, fund: Fund, today: date) -> str:
    """Who keeps a daughter fund, by its duty of that name; "" for the jar and where no such duty goes round."""
    duty = state.duties.get(duty_called(KEEPING_THE_JAR, fund.name))
    if fund.name == JAR or duty is None:
        return ""
    if duty.holder:
        return f"{duty.holder} keeps it {until(duty.until)}"
    coming = comes_next(state, duty.name, (), today)
    return f"nobody keeps it yet; {coming} is next" if coming else "nobody keeps it yet"


def _unknown(fund: Fund) -> str:
    if not fund.unknown:
        return ""
    return f"{fund.unknown} coin{'s' if fund.unknown > 1 else ''} of no known value: the count tells"


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
        return TroubleFace(
            frame=frame(visit, scene, ""), words="There is no such jar any more", mend="", icon="jar"
        )
    found = of_fund(state, fund.name)
    shown, page = paged_by(found, [_room(each) for each in found], place.page, ROOM)
    return JarFace(
        frame=frame(visit, scene, jar_word(fund.name)),
        glass=drawn(fund, tuple(each for each in found if each.seconder)),
        lines=tuple(line(each) for each in shown),
        choices=(
            Choice(key="propose", words="propose", icon="plus", tone="strong"),
            Choice(key="money in", words="put money in", icon="jar"),
            Choice(key="more", words="more", icon="list"),
        ),
        page=page,
        what=shared_out(local(scene.now).date(), fund),
        foot=foot(state, fund),
        kept=kept(state, fund, local(scene.now).date()),
        empty="Nothing is proposed yet. What would this money be good for?",
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
        who=f"{project.carrier} carries it out",
        told="stands" if project.seconder else "wants a second badge",
        stands=bool(project.seconder),
        icon=sort_icon(project.sort),
        note=f"{money(project.aside)} set aside" if project.aside else "",
    )


def sort_icon(sort: str) -> str:
    """The picture of a kind of project."""
    return SORT_ICONS.get(sort, "other")


def money_in(visit: Visit, place: places.MoneyIn, scene: Scene) -> Face:
    """How money comes in."""
    return TilesFace(
        frame=frame(visit, scene, "Put money in", dots=(0, 2)),
        choices=(
            Choice(key="give", words="by hand", icon="offer", hint="an amount, two badges"),
            Choice(key="slice", words="a slice of the wages", icon="people", hint="one sum, two badges"),
            Choice(key="slices", words="slices, one by one", icon="badge", hint="each taps and says how much"),
        ),
        words="Coins just go into the slot; nobody’s name is with them.",
    )


def more(visit: Visit, place: places.JarMore, scene: Scene) -> Face:
    """What is done seldom."""
    state = scene.state
    fund = state.funds.get(place.fund) or state.funds[JAR]
    choices = [
        Choice(key="count", words="count it by hand", icon="bookkeeping", hint="two badges"),
        Choice(key="receipts", words="what became of it", icon="list", hint=_owed(state)),
        Choice(key="rest", words="where the rest goes", icon="arrow-right", hint=rest_words(fund.rest_to)),
        Choice(
            key="reserves", words="reserves", icon="jar", hint=money(sum(r.cents for r in state.reserves.values()))
        ),
        Choice(key="tools", words="tools", icon="repair"),
    ]
    if fund.name != JAR:
        own = sum(duty.fund == fund.name for duty in state.duties.values())
        hint = f"{own} go round" if own > 1 else "one goes round" if own else "none goes round yet"
        choices.append(Choice(key="duties", words="its duties", icon="arrow-right", hint=hint))
    if len(state.funds) > 1:
        choices.append(Choice(key="jars", words="other jars", icon="jar", hint=f"{len(state.funds)} in all"))
    if may_end(fund.name, Surroundings(state, scene.now, scene.find)):
        choices.append(Choice(key="end", words="end this jar", icon="close", hint="it is empty"))
    return TilesFace(frame=frame(visit, scene, jar_word(fund.name)), choices=tuple(choices))


def _owed(state: State) -> str:
    count = len(state.purchases)
    return f"{count} to be said" if count else "nothing is owed"


def rest_words(place: str) -> str:
    """Where a rest goes, as people say it."""
    return {BACK_TO_MEMBERS: "back to members, equally", NEXT_PROJECT: "the next project, in part"}.get(
        place, place
    )


def jars(visit: Visit, place: places.Jars, scene: Scene) -> Face:
    """All jars."""
    shown, page = paged(tuple(scene.state.funds.values()), place.page, TILES)
    return TilesFace(
        frame=frame(visit, scene, "Which jar?"),
        choices=tuple(
            Choice(
                key=f"jar:{fund.name}",
                words=jar_word(fund.name).removeprefix("The jar: "),
                icon="jar",
                hint=f"{money(fund.cents)} · {names(fund.circle) or 'all of us'}",
            )
            for fund in shown
        ),
        page=page,
    )


# --- one proposal -----------------------------------------------------------------------------------------


def proposal(visit: Visit, place: places.ProposalPlace, scene: Scene) -> Face:
    """One proposal, whole."""
    project = scene.state.projects.get(place.project)
    if project is None:
        return TroubleFace(frame=frame(visit, scene, ""), words="This is no longer on the jar", mend="", icon="jar")
    fund = scene.state.funds[project.fund]
    return ProposalFace(
        frame=frame(visit, scene, "A proposal"),
        title=project.title,
        price=money(project.cents),
        sort=project.sort,
        told=told(project),
        glass=drawn(fund, (project,)),
        stands=bool(project.seconder),
        icon=sort_icon(project.sort),
        words=project.words,
        facts=_facts(project),
        downside=f"{project.against}: {project.downside}" if project.downside else "",
        choices=tuple(_ways(visit, project, scene.state)),
    )


def told(project: Project) -> str:
    """Whether it stands, and since how many Fridays it waits."""
    if not project.seconder:
        return "wants a second badge"
    if not project.waited:
        return "stands"
    return f"stands, for {project.waited + 1} Fridays now"


def _facts(project: Project) -> tuple[tuple[str, str], ...]:
    facts = (
        ("carries it out", project.carrier),
        ("proposed by", project.proposer if project.proposer != project.carrier else ""),
        ("second badge", project.seconder),
        ("set aside", money(project.aside) if project.aside else ""),
    )
    return tuple((what, who) for what, who in facts if who)


def _ways(visit: Visit, project: Project, state: State) -> list[Choice]:
    ways = []
    here = {member.handle for member in state.present()}
    if not project.seconder and visit.who not in (project.proposer, project.carrier):
        ways.append(Choice(key="second", words="second it", icon="badge", tone="strong"))
    if visit.who and (visit.who == project.proposer or not {project.proposer, project.carrier} <= here):
        ways.append(Choice(key="withdraw", words="take it back", icon="undo"))
    return ways


def wants_second(visit: Visit, place: places.WantsSecond, scene: Scene) -> Face:
    """A second badge is waited for, now or later."""
    project = scene.state.projects.get(place.project)
    title = project.title if project else ""
    apart = {project.proposer, project.carrier} if project else set()
    return TapFace(
        frame=frame(visit, scene, "It hangs on the jar" if place.fresh else "A second badge", dots=(4, 5)),
        prompt="Now it wants a second badge",
        words=f"{title}. Anybody but {names(sorted(apart))} can tap, now or later.",
        dots_filled=1,
        dots=2,
        choices=(Choice(key="later", words="later", icon="check"),) if place.fresh else (),
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
        frame=frame(visit, scene, "What kind is it?", dots=(2, 5)),
        choices=shown,
        extra=(Choice(key="name sort", words="a new word", icon="plus", tone="quiet"),),
        page=page,
    )


def _sort_word(sort: str) -> str:
    return "something else" if sort == PROJECTS[-1] else sort


def name_sort(visit: Visit, place: places.NameSort, scene: Scene) -> Face:
    """A new word for a kind of project."""
    return TypeFace(
        frame=frame(visit, scene, "A new kind of project", dots=(2, 5)),
        label="One word for it, as you say it here",
        text=place.text,
        longest=LONGEST_SORT,
        ready=len(place.text.strip()) > 1,
        faint="such as: seeds",
    )


def who_carries(visit: Visit, place: places.WhoCarries, scene: Scene) -> Face:
    """Who carries it out, and gets the money."""
    draft = place.draft
    if not visit.who and place.other:
        prompt, words = "First whoever proposes it taps", "Then whoever carries it out."
        choices: tuple[Choice, ...] = (Choice(key="me", words="the same does both", icon="badge"),)
    elif not visit.who:
        prompt, words = (
            "Tap: you propose it and carry it out",
            "Whoever carries it out gets the money, and says what became of it.",
        )
        choices = (Choice(key="other", words="somebody else does it", icon="people"),)
    else:
        prompt, words = (
            "Who carries it out? They tap",
            "Whoever carries it out gets the money, and says what became of it.",
        )
        choices = (Choice(key="me", words="I do", icon="check", tone="strong"),)
    return TapFace(
        frame=frame(
            visit, scene, f"{_with(draft.title, '{title}', 'A proposal')} · {money(draft.cents)}", dots=(3, 5)
        ),
        prompt=prompt,
        words=words,
        choices=choices,
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
                "A proposal",
                "What is it for? In a few words",
                LONGEST_TITLE,
                "such as: a new seal for the oven",
                (0, 5),
            )
        case places.Spending(reserve=reserve, cents=cents):
            return (
                f"{money(cents)} of {reserve}",
                "What is it for?",
                LONGEST_WORDS,
                "such as: Ada’s rent in May",
                (2, 4),
            )
        case places.Shelving():
            return "A new tool", "What is it called?", LONGEST_TOOL, "such as: the long ladder", (1, 3)
        case places.Breaking(tool=tool):
            return (
                f"{_tool(tool, scene)} is broken",
                "What is wrong with it?",
                LONGEST_RECEIPT,
                "such as: the chuck slips",
                (1, 3),
            )
        case places.Removing(tool=tool):
            return (
                f"{_tool(tool, scene)} leaves the shelf",
                "Where did it go?",
                LONGEST_RECEIPT,
                "such as: worn out",
                (1, 3),
            )


def _tool(label: str, scene: Scene) -> str:
    tool = scene.state.tools.get(label)
    return tool.name if tool else "A tool"


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


BY_BUTTONS = "Circle: next digit. Square: one more."
"""How a sum is typed with the buttons alone."""


def _sum_title(what: places.Sum, scene: Scene) -> tuple[str, tuple[int, int]]:
    match what:
        case places.Draft(title=title):
            return _with(title, "{title}: what does it cost?", "What does it cost?"), (1, 5)
        case places.Giving():
            return "How much goes in?", (1, 2)
        case places.Slicing(now=now) if now is not None:
            return f"{now[0]}: how much of the wages?", (1, 3)
        case places.Slicing():
            return "How much of the wages, all together?", (1, 2)
        case places.Counting(fund=fund):
            return f"{jar_word(fund)}: what did you count?", (1, 2)
        case places.Parting(name=name):
            return f"How much is for {name}?", (0, 0)
        case places.Spending(reserve=reserve):
            return f"How much of {reserve}?", (1, 4)


def _sum_prompt(place: places.HowMuch) -> str:
    if place.what == _book_alone(place.what) or not _counts(place):
        return ""
    match place.what:
        case places.Giving():
            return "now somebody who saw it taps" if place.taps else "now whoever gives it taps"
        case places.Counting():
            return "now the other one taps" if place.taps else "now the two who counted tap"
    return "now a second one taps" if place.taps else "now two of you tap"


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
    return Choice(key="typed", words="that is it", icon="check", tone="strong")


def _sum_words(place: places.HowMuch, scene: Scene) -> str:
    state = scene.state
    match place.what:
        case places.Counting(fund=fund) if place.taps:
            expected = state.funds[fund].cents
            return f"Expected {money(expected)}, counted {money(place.cents)}: {_off(place.cents - expected)}."
        case places.Counting(fund=fund):
            strange = state.funds[fund].unknown
            said = (
                f"{strange} unknown coin{'s' if strange > 1 else ''} among it." if strange else "Count it by hand."
            )
            return f"{said} {BY_BUTTONS}" if places.in_circle(place) else said
        case places.Spending(reserve=reserve):
            return f"There are {money(state.reserves[reserve].cents)} in it."
        case places.Parting(fund=fund, parts=parts):
            left = state.funds[fund].counted.total - sum(cents for _, cents in parts)
            return f"{money(left)} are left to be parted. {BY_BUTTONS}"
        case places.Draft(fund=fund):
            return f"The jar holds {money(state.funds[fund].cents)}." if fund in state.funds else ""
    return "Everybody can see who gave it."


def _off(cents: int) -> str:
    """What a count found beside what was expected, at the end of a sentence."""
    return f"{money(abs(cents))} {'more' if cents > 0 else 'less'}" if cents else "the same"


def _sum_warning(place: places.HowMuch, scene: Scene) -> str:
    fund = scene.state.funds.get(place.what.fund) if isinstance(place.what, places.Draft) else None
    if fund is not None and place.cents > fund.cents:
        return "That is more than the jar holds now. It can wait for more."
    return ""


def slices(visit: Visit, place: places.Slices, scene: Scene) -> Face:
    """Slices of the wages, person by person."""
    taken = place.slicing.slices
    whole = sum(cents for _, _, cents in taken)
    said = " · ".join(f"{handle} {money(cents)}" for handle, _, cents in taken)
    book = Choice(key="book", words=f"book {money(whole)}", icon="check", tone="strong")
    return TapFace(
        frame=frame(visit, scene, "Slices of the wages", dots=(2, 3)),
        prompt=_slices_prompt(place),
        words=said or "Each taps, and says how much.",
        names=tuple(handle for handle, _, _ in taken),
        choices=(book,) if taken and not place.witness else (),
        icon="people",
    )


def _slices_prompt(place: places.Slices) -> str:
    if place.witness:
        return "Now somebody who saw it taps"
    return "The next one taps" if place.slicing.slices else "The first one taps"


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
    next_one = "The next one taps"
    match place.what:
        case places.Shelving(name=name):
            return name, next_one if place.taps else "Two of you tap", "Then it is on the shelf for all.", "repair"
        case places.Removing(tool=tool, words=words):
            two = next_one if place.taps else "Two of you tap"
            return f"{_tool(tool, scene)} leaves the shelf", two, words, "repair"
        case places.Breaking(tool=tool, words=words):
            return (
                f"{_tool(tool, scene)} is broken",
                "Tap your badge",
                f"{words}. Then its repair can be proposed.",
                "repair",
            )
        case places.Mending(tool=tool):
            return f"{_tool(tool, scene)} works again", "Tap your badge", "Then it can be borrowed again.", "repair"
        case places.Resting(rest_to=rest_to):
            many = number(scene.state.hands_needed())
            prompt = next_one if place.taps else f"{many} of you tap"
            return "Where the rest goes", prompt, f"From the next Friday on: {rest_words(rest_to)}.", "people"
        case places.Showing(purchase=purchase, words=words):
            return _showing(place, scene.state.purchases.get(purchase), words)
        case places.Spending(reserve=reserve, cents=cents, words=words):
            hands = number(scene.state.hands_needed()).lower()
            prompt = f"Now {hands} others tap" if place.taps else "First whoever gets it taps"
            return f"{money(cents)} of {reserve}", prompt, f"{words}.", "people"


def _showing(place: places.Taps, purchase: Purchase | None, words: str) -> tuple[str, str, str, str]:
    carrier = purchase.carrier if purchase else ""
    prompt = "Now somebody who saw it taps" if place.taps else f"{carrier} taps"
    return "What became of it", prompt, f"{words}. Another can say it too, with a second badge.", "badge"


# --- what is kept beside the jar --------------------------------------------------------------------------


def receipts(visit: Visit, place: places.Receipts, scene: Scene) -> Face:
    """Money for which nothing has been shown yet."""
    around = frame(visit, scene, "What became of it?")
    rows = tuple(
        Choice(f"receipt:{each.id}", f"{each.title} · {money(each.cents)} · {each.carrier}, {by(each.due)}", "list")
        for each in owed(scene.state)
    )
    if not rows:
        words = "Nothing is owed. All that was given out has been accounted for."
        return TilesFace(frame=around, choices=(), words=words)
    return _whole_titles(around, rows, place.page)


def _whole_titles(around: Frame, rows: tuple[Choice, ...], page: int) -> RowsFace:
    """Rows to touch, as many on a page as have room with all of their words."""
    sizes = [ROW if lines_of(row.words, ROW_LETTERS) <= 2 else LONG_ROW for row in rows]
    shown, at = paged_by(rows, sizes, page, ROWS_ROOM)
    return RowsFace(frame=around, rows=shown, page=at)


def receipt_words(visit: Visit, place: places.ReceiptWords, scene: Scene) -> Face:
    """What became of it."""
    purchase = scene.state.purchases.get(place.showing.purchase)
    title = purchase.title if purchase else ""
    if place.text is not None:
        label = _with(title, "What became of it? {title}", "What became of it?")
        return writing(visit, scene, label, place.text, LONGEST_RECEIPT)
    question = _with(title, "{title}: what became of it?", "What became of it?")
    under = f"{money(purchase.cents)} · {purchase.carrier}" if purchase and len(title) > TILE else ""
    return picking(visit, place, scene, question, BECAME, place.at, under=under)


def reserves(visit: Visit, place: places.Reserves, scene: Scene) -> Face:
    """What the shop keeps beside its jars."""
    shown, page = paged(tuple(scene.state.reserves.values()), place.page, TILES)
    return TilesFace(
        frame=frame(visit, scene, "Reserves", dots=(0, 4)),
        choices=tuple(
            Choice(key=f"reserve:{each.name}", words=each.name, icon="jar", hint=money(each.cents))
            for each in shown
        ),
        page=page,
        words="A vote that was carried opens one."
        if shown
        else "Nothing is kept yet. The rest of a Friday goes here.",
    )


def which_decision(visit: Visit, place: places.WhichDecision, scene: Scene) -> Face:
    """Which carried decision opens it."""
    found = tuple(scene.state.decisions[name] for name in unused(scene.state))
    rows = tuple(Choice(f"decision:{each.id}", f"{each.words} · circle {each.circle}", "check") for each in found)
    return _whole_titles(frame(visit, scene, f"Which decision opens {place.reserve}?"), rows, place.page)


REST_ICONS = {"hardship": "offer", BACK_TO_MEMBERS: "people", NEXT_PROJECT: "arrow-right"}
"""The picture of each place for a rest; reserves and other jars share one."""


def choose_rest(visit: Visit, place: places.ChooseRest, scene: Scene) -> Face:
    """Where the rest of a Friday goes."""
    found = places_for_rest(scene.state, place.fund)
    shown, page = paged(found, place.page, TILES)
    fund = scene.state.funds.get(place.fund)
    now = fund.rest_to if fund else ""
    return TilesFace(
        frame=frame(visit, scene, "Where does the rest go?", dots=(0, 2)),
        choices=tuple(
            Choice(
                key=f"rest:{each}",
                words=f"{rest_words(each)} (as now)" if each == now else rest_words(each),
                icon=REST_ICONS.get(each, "jar"),
            )
            for each in shown
        ),
        page=page,
        words="Fixed before the vote; it changes from the next Friday on.",
    )


def owing(state: State, handle: str) -> tuple[EntryId, str] | None:
    """What somebody has to say a word about first: its name and title; None when nothing."""
    first = next((each for each in owed(state) if each.carrier == handle), None)
    return (first.id, first.title) if first else None
