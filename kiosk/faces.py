"""What a screen is given to show: plain words and numbers, frozen. And what a screen says back: a touch.

Everything on a face is ready to be drawn: sentences are whole, amounts are formatted, nothing is looked up.
`kiosk.views` makes faces from the state and the visit; `kiosk.screens` draws them; the tour photographs them.
"""

from typing import Literal

from msgspec import Struct

from kiosk.amounts import STEP
from kiosk.chart import AnyChart

Voice = Literal["", "on", "off"]
"""Whether a visit is read aloud; "" where that can't be chosen."""

LARGEST = 2
"""Steps by which type can be larger: normal, larger, largest."""


def fewer(rows: int, larger: int) -> int:
    """Of so many rows or tiles of a page, how many it has where type is larger by so many steps."""
    return (rows, -(-rows * 2 // 3), -(-rows * 4 // 9))[larger]


class Touch(Struct, frozen=True):
    """What somebody did with a finger (or the keyboard).

    verb: "choose" (value: the key of a Choice), "turn" (value: minutes or cents to add, may be negative), "type"
    (value: the text as it now stands), "back" (one step back), "home" (end the visit, book nothing), "stay" (any
    other touch: somebody is still here).
    """

    verb: Literal["choose", "turn", "type", "back", "home", "stay"]
    value: str = ""


class Choice(Struct, frozen=True):
    """Something that can be touched.

    key: what the touch says. icon: a name of the icon set, or "" for none. hint: a second, softer line.
    able: False draws it quietly and lets it say why (hint) instead of acting.
    tone: "plain" card, "strong" the one thing to do here, "hours" an errand of hours, "quiet" a small way aside.
    """

    key: str
    words: str
    icon: str = ""
    hint: str = ""
    able: bool = True
    tone: Literal["plain", "strong", "hours", "quiet"] = "plain"


class Said(Struct, frozen=True):
    """Something the kiosk says over the screen: what was not possible, and what to do.

    tone: "trouble" (not possible; not the alarm colour), "done", "plain".
    """

    words: str
    mend: str = ""
    icon: str = "info"
    tone: Literal["trouble", "done", "plain"] = "trouble"


class Alarm(Struct, frozen=True):
    """Something that is wrong until it is mended: what, since when, and what mends it.

    pressing: something is broken; else it waits for somebody to do something. detail: what a device said of itself,
    for whoever tends the kiosk; not drawn.
    """

    words: str
    since: str = ""
    mend: str = ""
    pressing: bool = True
    detail: str = ""


class Bar(Struct, frozen=True):
    """A balance drawn from the middle. Minutes; `hard` is the end of the bar either way, `soft` a mark on it.

    after: where the balance would be after what is being booked; None outside an errand.
    """

    minutes: int
    soft: int
    hard: int
    words: str = ""
    after: int | None = None


class Marked(Struct, frozen=True):
    """What the circle button takes, where a screen is walked with the three buttons; it is drawn with a ring.

    touch: what is said then; None where it only tells why it can't be touched. words: what it is called aloud.
    """

    touch: Touch | None
    words: str


class Frame(Struct, frozen=True):
    """What every errand's screen has around its middle.

    who: whose visit it is ("" when nobody's). title: the one line at the top. dots: (done, of all); (0, 0) none.
    next: one sentence on what comes next. back: whether there is a step back.
    leave: whether there is a way out at the top; not where the screen's own choices are the way out.
    said: laid over the screen when not None. seconds_left: the last five seconds before it goes home by itself.
    alarms: device troubles to be seen while in an errand, a thin line.
    language: what all its words are in (a key of `kiosk.tongue.LANGUAGES`). tongue: what that language is called by
    its speakers, where another can be chosen; "" where not. size: by how many steps type is larger, 0 to 2. voice:
    whether it is read aloud, where that can be chosen beside the language; "" where not. marked: see there.
    """

    title: str
    who: str = ""
    dots: tuple[int, int] = (0, 0)
    next: str = ""
    back: bool = True
    leave: bool = True
    said: Said | None = None
    seconds_left: int | None = None
    alarms: tuple[Alarm, ...] = ()
    language: str = "en"
    tongue: str = ""
    size: int = 0
    voice: Voice = ""
    marked: Marked | None = None


class Line(Struct, frozen=True):
    """One swap as people read it: "Amina → Jo", "1 h 30", "childcare", "today 14:20".

    mark: "" or "taken back" or "from memory", in the language of the face.
    """

    key: str
    who: str
    amount: str
    work: str
    when: str
    icon: str = ""
    mark: str = ""
    sign: Literal["+", "−", ""] = ""
    note: str = ""


class Hanging(Struct, frozen=True):
    """A need or an offer on the board. match: somebody's answer to it ("Jo offers driving"), or ""."""

    key: str
    side: Literal["need", "offer"]
    words: str
    work: str
    until: str
    who: str = ""
    icon: str = ""
    match: str = ""


class DutyRow(Struct, frozen=True):
    """A duty that goes round: who has it, until when, and who comes next.

    holder: "" where nobody has it. next: "" where that is not found out yet; then note says why ("not drawn yet").
    until: in words. late: it should have turned.
    """

    key: str
    duty: str
    holder: str
    next: str
    until: str = ""
    note: str = ""
    late: bool = False


class Point(Struct, frozen=True):
    """Something that was decided, or that somebody does. who: "" where it is all of us. told: a softer line.

    mark: an icon; "check" for what stands.
    """

    words: str
    told: str = ""
    who: str = ""
    mark: str = ""


# --- the jar ----------------------------------------------------------------------------------------------


class Mark(Struct, frozen=True):
    """What a proposal costs, as a mark on the glass. height: the level at which the jar alone would pay for it.

    price: as short as it goes ("€ 260", by `kiosk.words.price`), because it stands beside a title.
    """

    title: str
    price: str
    height: int


class Glass(Struct, frozen=True):
    """A jar as it is drawn. Levels and heights are whole per mille of the glass (`kiosk.amounts.glass`).

    sum: "€ 412.50". under: a word under the sum where that stands in the jar ("left"). marks: the proposals that
    stand, in any order; as many as fit are drawn. was: the level it had just before, where the screen is to show
    how it came to this one (it drains, it fills); None where there is nothing to show.
    """

    sum: str
    level: int
    under: str = ""
    marks: tuple[Mark, ...] = ()
    was: int | None = None


class JarOnWall(Struct, frozen=True):
    """A jar on the wall. what: "shared out tomorrow". foot: "3 proposals stand · 2 want a second badge".

    fund: the name of a daughter fund; "" for the jar itself. key: what a touch on the jar says; "" when it is only
    to be read.
    """

    glass: Glass
    what: str = ""
    foot: str = ""
    fund: str = ""
    key: str = ""


class Proposal(Struct, frozen=True):
    """A proposal in a row. who: "Tomek carries it out". told: "stands", "wants a second badge".

    stands: whether it does. icon: of its kind. note: what else there is to say of it ("€ 40.00 set aside").
    """

    key: str
    title: str
    price: str
    who: str
    told: str
    stands: bool = True
    icon: str = ""
    note: str = ""


class JarFace(Struct, frozen=True):
    """The jar's own page: the jar, and what is proposed for it, three a page or fewer; a touch opens one.

    what, foot: as on the wall. empty: the sentence when nothing is proposed. choices: propose, put money in, ….
    kept: who keeps a daughter fund, and until when.
    """

    frame: Frame
    glass: Glass
    lines: tuple[Proposal, ...] = ()
    choices: tuple[Choice, ...] = ()
    page: tuple[int, int] = (1, 1)
    what: str = ""
    foot: str = ""
    empty: str = ""
    kept: str = ""


class MoneyFace(Struct, frozen=True):
    """How much money: a large amount between − and +, and digits to type it with.

    amount: "€ 12.50". digits: the same in whole cents as digits, "1250"; "" for nothing yet. What is touched is
    said as "turn" (value: cents to add, from `steps`, may be negative) or as "type" (value: the digits as they then
    stand). less, more: whether a step down, or up, is possible. longest: digits at most.
    words: a sentence beside the amount ("the kiosk expects € 412.50"). warning: a sentence, else "". prompt: the
    strip at the bottom, where a badge is waited for. names: whose badges are in. book: the choice that takes the
    amount. extra: ways aside. step_words: what the steps are called where they are no money ("15 min", "1 h").
    """

    frame: Frame
    amount: str
    digits: str
    prompt: str = ""
    words: str = ""
    warning: str = ""
    steps: tuple[int, ...] = (50, 500)
    step_words: tuple[str, ...] = ()
    less: bool = True
    more: bool = True
    longest: int = 7
    names: tuple[str, ...] = ()
    book: Choice | None = None
    extra: tuple[Choice, ...] = ()
    icon: str = ""


class ProposalFace(Struct, frozen=True):
    """One proposal, whole, and what can be done with it. Its title is the line at the top, in place of the frame's.

    sort: its kind. told: "stands", "wants a second badge". words: what was said besides. facts: who does what:
    ("carries it out", "Tomek"), ("proposed by", "Amina"), ("second badge", "Jo"). downside: what was said against
    it, and by whom; "" when its slot has not been. glass: the jar, with the mark of this one.
    """

    frame: Frame
    title: str
    price: str
    sort: str
    told: str
    glass: Glass
    stands: bool = True
    icon: str = ""
    words: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    downside: str = ""
    choices: tuple[Choice, ...] = ()


class Frozen(Struct, frozen=True):
    """A project as it goes to the vote. heard: its downside has had its slot; told: "Jo argued against it"."""

    title: str
    price: str
    told: str
    heard: bool
    icon: str = ""


class FrozenFace(Struct, frozen=True):
    """Friday begins: from here on sum, list and roll change no more.

    glass: the counted sum. expected: "expected € 413.70"; difference: "€ 1.20 less than expected", "" when there is
    none. rest: where what is not spent goes. roll: who takes part. projects: those of this page, three.
    """

    frame: Frame
    glass: Glass
    expected: str
    rest: str
    difference: str = ""
    roll: tuple[str, ...] = ()
    projects: tuple[Frozen, ...] = ()
    page: tuple[int, int] = (1, 1)
    empty: str = ""
    choices: tuple[Choice, ...] = ()


class Counted(Struct, frozen=True):
    """A project while the jar is counted.

    standing: "bought"; "buying" is the one of this step; "open" may still be bought; "lost" can't be any more.
    told: "bought first: 6 people, € 20.00 each". verdict: "bought", "€ 51.60 short".
    held: what those who approve of it hold together, in per mille of the price; None where that is not told.
    shares: how many equal shares flow to it in this step; 0 where that is not told.
    """

    title: str
    price: str
    standing: Literal["bought", "buying", "open", "lost"]
    verdict: str
    told: str = ""
    held: int | None = None
    shares: int = 0


class CountingFace(Struct, frozen=True):
    """Friday's counting, one step of it. The title says which step; `head` "€ 412.50 · 8 ballots · …".

    glass: what is left (`was`: before this step). projects: those of this page, four; the one that is bought now
    is on the first that is shown. foot: where the rest goes. choices: the next step, and ways aside.
    """

    frame: Frame
    head: str
    glass: Glass
    projects: tuple[Counted, ...]
    foot: str = ""
    page: tuple[int, int] = (1, 1)
    choices: tuple[Choice, ...] = ()


class Gone(Struct, frozen=True):
    """Money that has left the jar. how: spent, handed on, or returned to a member.

    told: "Tomek carries it out · receipt by Fri 4 Dec".
    """

    how: Literal["spent", "handed on", "returned"]
    words: str
    amount: str
    told: str = ""
    icon: str = ""


class EmptiedFace(Struct, frozen=True):
    """The jar at zero, and all that left it, to the last cent. gone: those of this page, four.

    sums: ("spent", "€ 240.00"), ("handed on", …), ("returned", …): together they are `collected` ("€ 412.50").
    code: what a QR code of the figures says, "" for none; code_words: what it is for.
    """

    frame: Frame
    glass: Glass
    gone: tuple[Gone, ...]
    sums: tuple[tuple[str, str], ...]
    collected: str
    page: tuple[int, int] = (1, 1)
    code: str = ""
    code_words: str = ""
    choices: tuple[Choice, ...] = ()


class ToolLine(Struct, frozen=True):
    """A tool of the shelf. told: "on the shelf", "with Tomek since Mon 16 Nov", "broken: the chuck slips".

    Also a line of another list: then icon is its picture.
    """

    key: str
    name: str
    told: str
    standing: Literal["in", "out", "overdue", "broken"] = "in"
    icon: str = ""


class ShelfFace(Struct, frozen=True):
    """The shared tools, four a page: what is in, what is out and with whom; a touch opens one.

    words: how many are in and out. empty: the sentence when there are none.
    """

    frame: Frame
    lines: tuple[ToolLine, ...] = ()
    choices: tuple[Choice, ...] = ()
    page: tuple[int, int] = (1, 1)
    words: str = ""
    empty: str = ""


# --- the wall, and errands --------------------------------------------------------------------------------


class SealOnWall(Struct, frozen=True):
    """The seal of the record on the wall, for a day after a circle.

    code: what the code says. words, told, why: what it is, of when, and what a photo is good for. fresh: so
    new that it has its room on a small wall too. key: what a touch on it says.
    """

    code: str
    words: str
    told: str
    why: str = ""
    fresh: bool = False
    key: str = ""


class Priced(Struct, frozen=True):
    """Something and its price, and a word about it ("" for none)."""

    words: str
    price: str
    told: str = ""


class PosterOnWall(Struct, frozen=True):
    """The poster of the latest Friday, as it hangs on the wall until the next circle, and some days at most.

    head: "The jar, Friday 12". sum: what was given away; spent: how much of it was, per mille; who: "8 of us gave
    it away, to the last cent.". rest: where what was not spent went. code: what a code of the figures says;
    code_words: what it is. short: all of it as one point, where there is no room for a poster.
    """

    head: str
    day: str
    sum: str
    spent: int
    who: str
    bought: tuple[Priced, ...]
    rest: tuple[Priced, ...]
    code: str
    code_words: str
    short: Point


class Reckoned(Struct, frozen=True):
    """A figure: what it is, what it comes to, a word more. key: leads to its entries. strong: a sum."""

    words: str
    value: str
    more: str = ""
    key: str = ""
    strong: bool = False


class ReportPage(Struct, frozen=True):
    """A page of an audit or a ledger: figures, and a chart beside them where there is one.

    head: which report. title: what the page is about. none: what stands where the figures would be when there are
    none. page: (this, of all), from 1. late: how many entries came after it was held; "" for none.
    """

    head: str
    title: str
    note: str = ""
    rows: tuple[Reckoned, ...] = ()
    chart: AnyChart | None = None
    none: str = ""
    page: tuple[int, int] = (1, 1)
    late: str = ""


class WallFace(Struct, frozen=True):
    """The idle screen, read with a coffee in hand.

    hard: minutes at the ends of the bars, no further than the limit; soft: where they warn.
    balances: (handle, minutes) of all who are here and the commons, largest first; their sum is `sum_minutes`.
    duties: who has which. decided: what the latest circle decided. doing: who does what, the soonest first.
    news: of neighbours. What is empty is not drawn, and the rest takes its room.
    jar: the jar of all, or one of its daughters. tools: what is out, and with whom (mark "warning" when overdue).
    tap: the sentence at the badge mark; work: kinds to begin a swap by touch. seal, poster: for some time after a
    circle and a Friday; None else. report: a page of a report when it is its turn, in the place of all below the
    head where a wall is large. language, tongue, size, voice, marked: as in a frame.
    """

    shop: str
    day: str
    time: str
    tap: str
    swapped: str
    sum_words: str
    hard: int
    soft: int
    balances: tuple[tuple[str, int], ...] = ()
    recent: tuple[Line, ...] = ()
    notices: tuple[Hanging, ...] = ()
    clocks: tuple[str, ...] = ()
    duties: tuple[DutyRow, ...] = ()
    decided: tuple[Point, ...] = ()
    doing: tuple[Point, ...] = ()
    news: tuple[Point, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    work: tuple[Choice, ...] = ()
    choices: tuple[Choice, ...] = ()
    said: Said | None = None
    jar: JarOnWall | None = None
    tools: tuple[Point, ...] = ()
    seal: SealOnWall | None = None
    poster: PosterOnWall | None = None
    report: ReportPage | None = None
    language: str = "en"
    tongue: str = ""
    size: int = 0
    voice: Voice = ""
    marked: Marked | None = None


class ReportFace(Struct, frozen=True):
    """A page of a report at the kiosk. page: (this, of all), from 1. choices: the chart alone, the other report,
    and that it was read aloud.
    """

    frame: Frame
    told: ReportPage
    page: tuple[int, int] = (1, 1)
    choices: tuple[Choice, ...] = ()

    @property
    def rows(self) -> tuple[Reckoned, ...]:
        """The figures on it that lead to their entries."""
        return tuple(row for row in self.told.rows if row.key)


class SealFace(Struct, frozen=True):
    """The seal of the record, to be photographed: a signed checkpoint as a code.

    code: what it says. entries: "412 entries". when: "from 3 March 2026 to today 14:20". words: what it is good
    for. how: how it is checked.
    """

    frame: Frame
    code: str
    entries: str
    when: str
    words: str
    how: str
    choices: tuple[Choice, ...] = ()


class WelcomeFace(Struct, frozen=True):
    """Before the shop is founded: how it begins, and a dot for each of the badges laid down so far."""

    frame: Frame
    words: str
    dots_filled: int
    dots: int
    names: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


class HomeFace(Struct, frozen=True):
    """A member's visit: greeting, balance, the errands as tiles (the first is the largest), a footer sentence."""

    frame: Frame
    bar: Bar
    tiles: tuple[Choice, ...]
    footer: str = ""


class TilesFace(Struct, frozen=True):
    """Choose one of several: kinds of work, people, days, reasons. More than fit are turned over by `pages`.

    page: (this, of all), counted from 1; choices are those of this page. extra: ways aside, drawn smaller.
    """

    frame: Frame
    choices: tuple[Choice, ...]
    extra: tuple[Choice, ...] = ()
    page: tuple[int, int] = (1, 1)
    words: str = ""


class DialFace(Struct, frozen=True):
    """How long: a large amount between − and +, the giver's bar with the room left, and what comes next.

    amount: "1 h 30". less, more: whether a step either way is possible. prompt: the strip at the bottom ("now the
    one who got it taps"). extra: ways aside (several people, the commons, a note, the clock).
    taken: those who have tapped as receivers so far, with their part: ("Jo", "30 min").
    warning: a sentence when the soft limit is passed, else "".
    book: the choice that books what is on the dial, when there is one (several receivers). step: minutes that one
    touch turns it by.
    """

    frame: Frame
    amount: str
    bar: Bar
    prompt: str
    less: bool = True
    more: bool = True
    extra: tuple[Choice, ...] = ()
    taken: tuple[tuple[str, str], ...] = ()
    warning: str = ""
    book: Choice | None = None
    icon: str = ""
    step: int = STEP


class TapFace(Struct, frozen=True):
    """Waiting for a badge: one large sentence, the badge mark, and dots for many hands that fill.

    names: whose badges are in so far. words: what is about to happen, in one sentence.
    """

    frame: Frame
    prompt: str
    words: str = ""
    dots_filled: int = 0
    dots: int = 0
    names: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    icon: str = ""


class BookedFace(Struct, frozen=True):
    """What was booked, in one sentence; both balances; undo that counts down.

    entry: its name in the record, for programs; not drawn.
    undo: None when it cannot be undone. undo_left, undo_of: seconds, drawn as an arc that empties.
    """

    frame: Frame
    words: str
    bars: tuple[tuple[str, Bar], ...] = ()
    undo: Choice | None = None
    undo_left: int = 0
    undo_of: int = 300
    choices: tuple[Choice, ...] = ()
    icon: str = "check"
    entry: str = ""


class ListFace(Struct, frozen=True):
    """My entries, newest first; a touch opens one. empty: the sentence when there are none."""

    frame: Frame
    lines: tuple[Line, ...]
    page: tuple[int, int] = (1, 1)
    empty: str = ""
    words: str = ""


class EntryFace(Struct, frozen=True):
    """One entry, whole, and what can be done with it."""

    frame: Frame
    line: Line
    words: str
    choices: tuple[Choice, ...] = ()


class BoardFace(Struct, frozen=True):
    """Needs on one side, offers on the other; a touch opens one. choices: put up a need, put up an offer."""

    frame: Frame
    needs: tuple[Hanging, ...]
    offers: tuple[Hanging, ...]
    choices: tuple[Choice, ...] = ()
    page: tuple[int, int] = (1, 1)
    empty: str = ""


class NoticeFace(Struct, frozen=True):
    """One need or offer, whole, and what can be done with it (begin a swap, take it down)."""

    frame: Frame
    notice: Hanging
    choices: tuple[Choice, ...] = ()


class DutiesFace(Struct, frozen=True):
    """The duties as a chain from who has them to who comes next; a touch opens one. empty: where there are none."""

    frame: Frame
    rows: tuple[DutyRow, ...]
    choices: tuple[Choice, ...] = ()
    page: tuple[int, int] = (1, 1)
    empty: str = ""


class TypeFace(Struct, frozen=True):
    """Write a few words with the on-screen keyboard (a real one works too).

    label: what is being written. text: as it stands now. longest: characters. ready: whether "done" may be
    touched (key "typed"). faint: an example shown while the text is empty.
    """

    frame: Frame
    label: str
    text: str
    longest: int
    ready: bool
    faint: str = ""
    done: str = "done"


class TroubleFace(Struct, frozen=True):
    """Nobody's errand: a badge or code that opens nothing. What it was, and what to do."""

    frame: Frame
    words: str
    mend: str
    icon: str = "info"
    choices: tuple[Choice, ...] = ()


class PlainFace(Struct, frozen=True):
    """The plainest page there is, for when the kiosk is ill: what happened, what still works, what mends it.

    sentences: the most useful first; they are drawn smaller where there are many. small: a text for whoever
    helps, such as the last error; "" for none.
    """

    frame: Frame
    words: str
    sentences: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    small: str = ""
    icon: str = "warning"


# --- the five-minute circle -------------------------------------------------------------------------------


class GatherFace(Struct, frozen=True):
    """The circle opens: everybody taps in, and the time that all share falls into equal parts.

    prompt: the words at the badge mark. here: who has tapped, as they came. time: large in the ring, and `under` it
    what it is ("0:38", "for each"). words: one sentence while nobody is here.
    """

    frame: Frame
    prompt: str
    here: tuple[str, ...] = ()
    time: str = ""
    under: str = ""
    words: str = ""
    choices: tuple[Choice, ...] = ()


class SpeakFace(Struct, frozen=True):
    """Somebody speaks, and their time runs: a ring that empties, to be read from the other end of the room.

    left, of: seconds; left is 0 when time is up. part: seconds in one part of the ring. under: below the figures
    ("of 0:37", "time is up"). prompt: what is asked of the speaker. about: the question they speak on, or "".
    heard: priority and obstacle of those before, either may be "". spoken, coming: whose turn is over, and who
    speaks after this one, in order.
    """

    frame: Frame
    speaker: str
    left: int
    of: int
    under: str
    prompt: str
    part: int = 10
    about: str = ""
    heard: tuple[tuple[str, str], ...] = ()
    spoken: tuple[str, ...] = ()
    coming: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


class RoutineRow(Struct, frozen=True):
    """A routine on the list, or another way on: a picture of how many do it, and words.

    circles: one for each of the busiest people, the busiest first; how much of it each did, in per mille of all.
    more: how many people besides. told: "as if 3 people did it". trend: "more" or "fewer" than a quarter ago.
    throne: one person does nearly all of it. icon: where there are no circles. marked: the row the buttons take.
    """

    key: str
    words: str
    told: str = ""
    circles: tuple[int, ...] = ()
    more: int = 0
    trend: Literal["more", "fewer", ""] = ""
    throne: bool = False
    icon: str = ""
    marked: bool = False


class RowsFace(Struct, frozen=True):
    """A list that is walked with three buttons, or touched: one row a line. The marked row is the strong one.

    words: a line under the title. rows: those of this page. page: (this, of all), counted from 1. extra: a way
    aside (writing it). choices: the three buttons. routines: in place of rows, with a picture each. empty: the
    sentence when there is nothing to walk.
    """

    frame: Frame
    rows: tuple[Choice, ...]
    words: str = ""
    page: tuple[int, int] = (1, 1)
    extra: tuple[Choice, ...] = ()
    choices: tuple[Choice, ...] = ()
    routines: tuple[RoutineRow, ...] = ()
    empty: str = ""


class AskFace(Struct, frozen=True):
    """One question to all, and up to three answers. about: what it is about, softer, below the question."""

    frame: Frame
    question: str
    about: str = ""
    choices: tuple[Choice, ...] = ()


class VoteFace(Struct, frozen=True):
    """A vote is open, ink-black so that the room sees it from afar; or it is to be stopped, and that is asked.

    pressed, people: how many have pressed, of all who may; never what. words: what follows the figure. resting: the
    buttons rest, all three alike. choices: the answers, in a fixed order.
    """

    frame: Frame
    question: str
    pressed: int
    people: int
    words: str
    resting: bool = False
    choices: tuple[Choice, ...] = ()


class Share(Struct, frozen=True):
    """One answer of a vote that is told: its words, its shape, how many, and of how many presses."""

    words: str
    icon: str
    count: int
    of: int


class OutcomeFace(Struct, frozen=True):
    """What came of a vote. words: in a word or two; meaning: what it means now, in a sentence.

    how: "carried", "waits" (to be voted once more), "other", as a picture. counts: empty where only the outcome is
    told. again: when it is looked at again, or "".
    """

    frame: Frame
    words: str
    question: str
    meaning: str
    how: Literal["carried", "waits", "other"] = "other"
    counts: tuple[Share, ...] = ()
    again: str = ""
    choices: tuple[Choice, ...] = ()


class Decided(Struct, frozen=True):
    """One thing the circle decided: what, and what came of it ("carried, 6 to 2")."""

    words: str
    more: str = ""
    how: Literal["carried", "waits", "other"] = "other"


class Doing(Struct, frozen=True):
    """Who took what on, and by when."""

    who: str
    words: str
    by: str


class ClosingFace(Struct, frozen=True):
    """The end of the circle as a poster: what was decided, who does what. page: (this, of all), from 1.

    facts: how many they were and how long it took. empty: the sentence when there is neither.
    """

    frame: Frame
    facts: str
    decided: tuple[Decided, ...] = ()
    doing: tuple[Doing, ...] = ()
    page: tuple[int, int] = (1, 1)
    empty: str = ""
    choices: tuple[Choice, ...] = ()


class BallotFace(Struct, frozen=True):
    """An approval round, ink-black like a vote: people come up one by one and say yes or no to each candidate.

    title: what is decided. waiting: True while the next badge is awaited, False while a candidate is shown.
    words: the candidate (or, while waiting, what happens next), drawn large; hint: a second, softer line.
    at: which candidate this is, (2, 5) for the second of five; (0, 0) none. voted: (how many have voted, of all),
    drawn as dots. Nothing on it may depend on what was pressed.
    """

    frame: Frame
    title: str
    waiting: bool
    words: str = ""
    hint: str = ""
    at: tuple[int, int] = (0, 0)
    voted: tuple[int, int] = (0, 0)
    choices: tuple[Choice, ...] = ()


# --- assumptions ------------------------------------------------------------------------------------------


class RoutineFace(Struct, frozen=True):
    """One routine: who does it how often, as bars, and who benefits, as the room said.

    words: how concentrated it is, in large type. told: how that was before, or how it is turned round.
    bars: (name, per mille of all times, "7 of 9"), the busiest first. people: how many do it in all. asked: "Who
    benefits?". answers: what was said. throne: one person does nearly all of it.
    """

    frame: Frame
    words: str
    told: str = ""
    bars: tuple[tuple[str, int, str], ...] = ()
    people: int = 0
    asked: str = ""
    answers: tuple[str, ...] = ()
    throne: bool = False
    choices: tuple[Choice, ...] = ()


class PotluckFace(Struct, frozen=True):
    """The reflection potluck, which the big screen leads: what was said so far, or one number in big figures.

    head: what it is about now ("What went well?"). sayings: what was kept, the latest first, as far as it fits.
    empty: a sentence while there is neither. value, words, more: the number, what it is, and what it is a part of.
    entries: where it comes from. at: which number it is, (3, 14); (0, 0) none.
    """

    frame: Frame
    head: str
    sayings: tuple[str, ...] = ()
    empty: str = ""
    value: str = ""
    words: str = ""
    more: str = ""
    entries: str = ""
    at: tuple[int, int] = (0, 0)
    icon: str = ""
    choices: tuple[Choice, ...] = ()


# --- looking after the kiosk ------------------------------------------------------------------------------


class TryoutFace(Struct, frozen=True):
    """A test of what arrives: the three shapes, lit while their button is down, and the newest thing, large.

    down, stuck: names of buttons. words, icon: the newest. earlier: those before it. choices: a lamp, a tone.
    """

    frame: Frame
    words: str
    icon: str = ""
    earlier: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


Face = (
    WallFace
    | WelcomeFace
    | HomeFace
    | TilesFace
    | DialFace
    | TapFace
    | BookedFace
    | ListFace
    | EntryFace
    | BoardFace
    | NoticeFace
    | DutiesFace
    | TypeFace
    | TroubleFace
    | PlainFace
    | JarFace
    | MoneyFace
    | ProposalFace
    | FrozenFace
    | CountingFace
    | EmptiedFace
    | ShelfFace
    | SealFace
    | ReportFace
    | GatherFace
    | SpeakFace
    | RowsFace
    | AskFace
    | VoteFace
    | OutcomeFace
    | ClosingFace
    | BallotFace
    | TryoutFace
    | RoutineFace
    | PotluckFace
)
