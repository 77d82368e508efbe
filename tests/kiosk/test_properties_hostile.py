"""Whatever is asked, and however strangely, the rules answer with a sentence or with events that fit the record."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.amounts import BadgeHash, EntryId
from kiosk.batch import HEAD
from kiosk.commands import (
    AddBadge,
    AddKiosk,
    AnswerUpdate,
    AnyCommand,
    ArgueDownside,
    AttachPhoto,
    BeginDuty,
    BorrowTool,
    BreakTool,
    ChangeCharter,
    CloseApproval,
    CloseCircle,
    CloseFriday,
    CloseRound,
    CloseSegment,
    CosignSeal,
    Counter,
    CounterNumber,
    CountJar,
    DecideRest,
    DrawDuty,
    DropClock,
    DropQuestion,
    DropTask,
    EndDuty,
    EndFund,
    EndLeave,
    ExtendCircle,
    FinishTask,
    Found,
    GiveMoney,
    HandOver,
    HoldReport,
    Hush,
    Join,
    JoinBuilding,
    JoinCircle,
    JoinOrder,
    Leave,
    LinkNeighbour,
    MendFork,
    MendTool,
    MoveTask,
    NameWork,
    NewBadge,
    NoteProgram,
    NoteReform,
    OfferSwap,
    OpenApproval,
    OpenCircle,
    OpenFriday,
    OpenRound,
    PassSeals,
    PassTurn,
    PostNotice,
    ProposeProject,
    Refusal,
    RemoveKiosk,
    RemoveTool,
    Return,
    ReturnTool,
    ReviewDecision,
    ReviewExperiment,
    ReviewInversion,
    RevokeBadge,
    SayAtPotluck,
    SayBenefit,
    SayNumber,
    SecondProject,
    SeekCircle,
    SendTotals,
    ServeCommons,
    ShelveTool,
    ShowReceipt,
    ShowSeal,
    ShowTemplate,
    SliceWages,
    SpendReserve,
    SplitFund,
    StartClock,
    StartExperiment,
    StartInversion,
    StartLeave,
    Swap,
    TakeCoin,
    TakeDownNotice,
    TakeEntries,
    TakeSegment,
    TakeTask,
    Undo,
    UnlinkNeighbour,
    Voice,
    VoidRound,
    WinConcession,
    WithdrawProject,
    WriteLetter,
)
from kiosk.events import CharterChange, Counts, Entry, Slice, moves, read_entry, write_entry
from kiosk.letters import (
    BEGINNING,
    Answer,
    Brought,
    CallUp,
    Farewell,
    Limit,
    News,
    Offer,
    OrderCall,
    OrderTotal,
    Pledge,
    Posted,
    RingAgreed,
    RingCleared,
    RingDropped,
    RingSought,
    TakenOff,
    Visitor,
    Wanted,
    write_card,
    write_segment,
)
from kiosk.rules.contents import RULES, decide
from kiosk.rules.funds import in_hand
from kiosk.sealing.note import Signer
from kiosk.state import apply, fold
from kiosk.template import DutyOf, Template
from kiosk.words import local

KNOWN = ("ada", "ben", "cy", "dan", "eve", "fay", "lost")
anything = st.text(st.characters(exclude_categories=()), max_size=200)
nasty = st.sampled_from(
    [
        "",
        " ",
        "\x00",
        "\ud800",
        "\u202e",
        "[b]",
        "{handle}",
        "{0.__class__}",
        "%s",
        "../../etc/passwd",
        "'; drop table members; --",
        "a\u0301" * 500,
        "x" * 100_000,
        "commons",
        "Ada",
        "Gus",
    ]
)
text = nasty | anything
handle = st.sampled_from(["Ada", "Ben", "Gus", "Hal", "Ira"]) | text
badge = (st.sampled_from(KNOWN) | text).map(BadgeHash)
new_badge = st.builds(
    NewBadge,
    # What the kiosk makes of a tag is hex; nothing else can arrive here as a new badge.
    hash=(st.sampled_from(KNOWN) | st.text("0123456789abcdef", min_size=1, max_size=64)).map(BadgeHash),
    medium=st.sampled_from(["tag", "card"]),
    random=st.booleans(),
)
badges = st.lists(badge, max_size=14).map(tuple) | st.just(tuple(BadgeHash(name) for name in KNOWN[:4]))
minutes = st.sampled_from([15, 60, 720, 735, 10**5000, -(10**5000), True, False]) | st.integers()
work = st.sampled_from(["care", "other", "bees"]) | text
entry_id = (st.sampled_from([f"k1/{number}" for number in range(20)]) | text).map(EntryId)
cents = st.sampled_from([1, 50_00, 0, -1, 10**5000, -(10**5000), True]) | st.integers()
fund = st.sampled_from(["jar", "jar", "gone"]) | text
label = st.sampled_from(["AAAAAAAA", "BBBBBBBB", "CCCCCCCC"]) | text
duty = st.sampled_from(["taking minutes", "keeping the jar", "treasurer"]) | text
report = st.sampled_from(["audit", "potluck", "ledger", "autopsy"])
period = st.sampled_from(["2026-10", "2026-Q4", "2026-Q3", "0000-Q1", "9999-12", "2026-Q5"]) | text
routine = st.sampled_from(["opening the circle", "duty: taking minutes", "work: care", "work: "]) | text
until = st.sampled_from(["2026-11-02", "2026-12-24", "2026-02-30"]) | text

change = st.builds(
    CharterChange, number=st.sampled_from(["hands", "soft_limit"]) | text, before=st.integers(), after=st.integers()
)

template = st.none() | st.builds(
    Template,
    numbers=st.dictionaries(st.sampled_from(["hands", "soft_limit", "no such number"]), st.integers()),
    duties=st.lists(st.builds(DutyOf, duty=duty, how=st.just("lot"), term=st.just("week")), max_size=3).map(tuple),
    work=st.lists(work, max_size=3).map(tuple),
)

OURS, THEIRS = Signer("commons-kiosk/k1", bytes(32)), Signer("commons-kiosk/k2", bytes([1]) * 32)
OFFERS = (
    Posted(EntryId("k2/1"), 1, Offer("Zoe", "Ada", 60, "repair", "2027-01-01")),
    Posted(EntryId("k2/2"), 1, Offer("Zoe", "nobody", -(10**9), "", "")),
    Posted(EntryId("k2/3"), 1, Answer(EntryId("k1/7"), accepted=True)),
)
neighbour = st.just("Mill Lane") | text
card = st.just(write_card("Mill Lane", THEIRS)) | text
letter = st.one_of(
    st.builds(Limit, minutes=minutes),
    st.builds(Visitor, handle=handle, badge=badge),
    st.builds(Pledge, cents=cents, until=until),
    st.builds(CallUp, cents=cents, words=text, until=until),
    st.builds(OrderCall, what=text, unit=text, closes=until),
    st.builds(OrderTotal, order=entry_id, amount=st.integers()),
    st.builds(Wanted, side=st.sampled_from(["offer", "need"]), words=text, until=until),
    st.builds(News, words=text),
    st.builds(Answer, offer=entry_id, accepted=st.booleans(), cents=st.integers()),
    st.builds(Brought, call=entry_id, cents=st.integers()),
    st.builds(TakenOff, wanted=entry_id),
    st.builds(RingSought, ring=text, minutes=minutes, route=st.just((OURS.name,)), shops=st.just(())),
    st.builds(RingAgreed, ring=text, minutes=minutes, route=st.just(()), shops=st.just(())),
    st.builds(RingCleared, ring=text, minutes=minutes),
    st.builds(RingDropped, ring=text),
    st.builds(Farewell),
)
segment = (
    st.builds(
        write_segment,
        st.just(THEIRS),
        st.sampled_from([OURS.name, "commons-kiosk/k9"]),
        st.integers(1, 3),
        st.sampled_from([BEGINNING, "f" * 64]),
        st.lists(st.sampled_from(OFFERS), max_size=3),
    )
    | text
)

ASKED = {
    Found: st.builds(
        Found, founders=st.lists(st.tuples(handle, new_badge), max_size=4).map(tuple), template=template
    ),
    Join: st.builds(Join, handle=handle, badge=new_badge, hands=badges),
    Return: st.builds(Return, handle=handle, badge=new_badge, hands=badges),
    AddBadge: st.builds(AddBadge, handle=handle, badge=new_badge, hands=badges),
    RevokeBadge: st.builds(RevokeBadge, handle=handle, lost=badge, hands=badges),
    StartLeave: st.builds(StartLeave, badge=badge),
    EndLeave: st.builds(EndLeave, badge=badge),
    Leave: st.builds(Leave, handle=handle, badges=badges),
    Swap: st.builds(
        Swap,
        giver=badge,
        receivers=badges,
        minutes=minutes,
        work=work,
        note=text,
        clocked=st.booleans(),
        notice=st.none() | entry_id,
    ),
    ServeCommons: st.builds(
        ServeCommons, giver=badge, witness=badge, minutes=minutes, work=work, note=text, clocked=st.booleans()
    ),
    Undo: st.builds(Undo, entry=entry_id, badge=badge),
    Counter: st.builds(Counter, entry=entry_id, reason=text, badges=badges),
    StartClock: st.builds(StartClock, badge=badge, work=work),
    DropClock: st.builds(DropClock, badge=badge),
    PostNotice: st.builds(
        PostNotice, badge=badge, side=st.sampled_from(["need", "offer"]), work=work, words=text, until=until
    ),
    TakeDownNotice: st.builds(TakeDownNotice, badge=badge, notice=entry_id),
    NameWork: st.builds(NameWork, badge=badge, work=text),
    TakeCoin: st.builds(TakeCoin, cents=st.none() | st.integers(), pulses=st.integers()),
    OpenCircle: st.builds(OpenCircle, opener=badge, badges=badges, draw=st.integers(0, 2**63)),
    JoinCircle: st.builds(JoinCircle, badge=badge),
    Voice: st.builds(Voice, priority=text, obstacle=text),
    ExtendCircle: st.builds(ExtendCircle),
    CloseCircle: st.builds(CloseCircle),
    TakeTask: st.builds(TakeTask, badge=badge, words=text, due=until),
    FinishTask: st.builds(FinishTask, task=entry_id, badge=st.none() | badge, minutes=minutes),
    MoveTask: st.builds(MoveTask, task=entry_id, due=until),
    DropTask: st.builds(DropTask, task=entry_id),
    StartExperiment: st.builds(StartExperiment, about=text, words=text, until=until),
    ReviewExperiment: st.builds(ReviewExperiment, about=st.just("the door") | text, helped=st.booleans()),
    OpenRound: st.builds(
        OpenRound,
        question=text,
        detail=st.sampled_from(["counts", "outcome"]),
        downside=text,
        review=until,
        again=st.none() | entry_id,
        change=st.none() | change,
    ),
    CloseRound: st.builds(
        CloseRound,
        ballots=st.builds(Counts, *[st.integers(-1, 4)] * 3),
        hush=st.builds(Hush, st.integers(0, 9), st.booleans()),
    ),
    VoidRound: st.builds(VoidRound, why=st.sampled_from(["power cut", "given up"])),
    DropQuestion: st.builds(DropQuestion, question=entry_id),
    ReviewDecision: st.builds(
        ReviewDecision, decision=entry_id, came_true=st.booleans(), stands=st.booleans(), review=until
    ),
    NoteProgram: st.builds(NoteProgram, before=text, after=text),
    AnswerUpdate: st.builds(AnswerUpdate, hands=badges),
    AttachPhoto: st.builds(AttachPhoto, photo=st.just("ab" * 32) | text, badges=badges),
    GiveMoney: st.builds(GiveMoney, giver=badge, witness=badge, cents=cents, fund=fund),
    SliceWages: st.builds(
        SliceWages,
        cents=cents,
        badges=badges,
        slices=st.lists(st.builds(Slice, handle=handle, cents=cents), max_size=4).map(tuple),
        fund=fund,
    ),
    CountJar: st.builds(CountJar, cents=cents, badges=badges, fund=fund),
    ProposeProject: st.builds(
        ProposeProject,
        badge=badge,
        title=text,
        cents=cents,
        sort=st.sampled_from(["dental", "bees"]) | text,
        carrier=st.none() | badge,
        words=text,
        fund=fund,
        tool=st.just("") | label,
    ),
    SecondProject: st.builds(SecondProject, project=entry_id, badge=badge),
    WithdrawProject: st.builds(WithdrawProject, project=entry_id, badge=badge),
    ArgueDownside: st.builds(ArgueDownside, project=entry_id, words=text),
    OpenFriday: st.builds(OpenFriday, detail=st.sampled_from(["outcome", "totals", "ballots"]), fund=fund),
    CloseFriday: st.builds(
        CloseFriday, ballots=st.lists(st.frozensets(entry_id, max_size=3), max_size=6).map(tuple), seed=text
    ),
    ShowReceipt: st.builds(ShowReceipt, purchase=entry_id, badge=badge, words=text, witness=st.none() | badge),
    DecideRest: st.builds(DecideRest, rest_to=st.just("hardship") | text, hands=badges, fund=fund),
    SpendReserve: st.builds(
        SpendReserve,
        reserve=st.just("strike reserve") | text,
        cents=cents,
        words=text,
        decision=entry_id,
        carrier=badge,
        hands=badges,
    ),
    SplitFund: st.builds(
        SplitFund,
        parts=st.lists(st.tuples(text, cents), max_size=3).map(tuple)
        | st.just((("a part", 300_00), ("b", 301_00))),
        people=st.integers(),
        fund=fund,
    ),
    EndFund: st.builds(EndFund, fund=fund),
    ShelveTool: st.builds(ShelveTool, label=label, name=text, badges=badges),
    BorrowTool: st.builds(BorrowTool, tool=label, badge=badge),
    ReturnTool: st.builds(ReturnTool, tool=label, badge=badge),
    BreakTool: st.builds(BreakTool, tool=label, badge=badge, words=text),
    MendTool: st.builds(MendTool, tool=label, badge=badge),
    RemoveTool: st.builds(RemoveTool, tool=label, words=text, badges=badges),
    HoldReport: st.builds(HoldReport, report=report, period=period, badges=badges),
    SayAtPotluck: st.builds(
        SayAtPotluck,
        period=period,
        side=st.sampled_from(["success", "failure"]),
        words=text,
        badge=st.none() | badge,
    ),
    SayBenefit: st.builds(SayBenefit, period=period, routine=routine, words=text, badge=st.none() | badge),
    StartInversion: st.builds(
        StartInversion, period=period, routine=routine, words=text, until=until, badges=badges
    ),
    ReviewInversion: st.builds(
        ReviewInversion, inversion=entry_id, words=text, until=st.just("") | until, badges=badges
    ),
    SayNumber: st.builds(
        SayNumber,
        measure=st.sampled_from(["hours", "made", "taken"]),
        what=text | st.just("repair"),
        amount=minutes,
        unit=text,
        since=until,
        until=until,
        source=text,
        teller=badge,
        witness=badge,
    ),
    WinConcession: st.builds(
        WinConcession,
        what=text,
        action=text,
        cents=minutes,
        day=until,
        until=until | st.just(""),
        source=text,
        teller=badge,
        witness=badge,
    ),
    NoteReform: st.builds(
        NoteReform,
        what=text,
        by=text,
        cents=minutes,
        day=until,
        until=until | st.just(""),
        source=text,
        teller=badge,
        witness=badge,
    ),
    CounterNumber: st.builds(CounterNumber, number=entry_id, reason=text, teller=badge, witness=badge),
    ChangeCharter: st.builds(ChangeCharter, decision=entry_id, hands=badges),
    LinkNeighbour: st.builds(LinkNeighbour, card=card, minutes=minutes, hands=badges, me=st.just(OURS.name) | text),
    UnlinkNeighbour: st.builds(UnlinkNeighbour, neighbour=neighbour, hands=badges),
    OfferSwap: st.builds(
        OfferSwap,
        neighbour=neighbour,
        ours=badge,
        theirs=st.just("a guest's badge") | text,
        minutes=minutes,
        work=st.just("repair") | text,
        note=text,
    ),
    WriteLetter: st.builds(WriteLetter, to=st.just("") | neighbour, letter=letter, badges=badges),
    JoinOrder: st.builds(
        JoinOrder, order=entry_id, neighbour=st.just("") | neighbour, amount=st.integers(), badge=badge
    ),
    SendTotals: st.just(SendTotals()),
    SeekCircle: st.builds(SeekCircle, badge=badge, me=st.just(OURS.name) | text),
    CloseSegment: st.builds(CloseSegment, neighbour=neighbour, me=st.just(OURS.name), note=st.booleans()),
    TakeSegment: st.builds(TakeSegment, text=segment, me=st.just(OURS.name) | text),
    ShowSeal: st.builds(
        ShowSeal,
        text=text,
        proofs=st.dictionaries(st.integers(), st.lists(text, max_size=2).map(tuple), max_size=2),
    ),
    CosignSeal: st.builds(CosignSeal, neighbour=neighbour, text=text, key=text | st.just(str(OURS.verifier))),
    PassSeals: st.just(PassSeals()),
    ShowTemplate: st.builds(ShowTemplate, template=text),
    MendFork: st.builds(
        MendFork,
        neighbour=neighbour,
        of=st.sampled_from(["seals", "letters"]),
        whose=st.sampled_from(["theirs", "ours"]),
        goes_on=st.sampled_from(["known", "shown"]),
        hands=badges,
    ),
    AddKiosk: st.builds(
        AddKiosk,
        device=text,
        name=text,
        key=text | st.just(str(THEIRS.verifier)),
        hands=badges,
        here_name=text,
        here_key=text | st.just(str(OURS.verifier)),
    ),
    RemoveKiosk: st.builds(RemoveKiosk, device=text, hands=badges),
    JoinBuilding: st.builds(JoinBuilding, device=text, key=text | st.just(str(THEIRS.verifier))),
    TakeEntries: st.builds(TakeEntries, text=text | segment | text.map(lambda said: f"{HEAD}\nfrom {said}\n")),
    PassTurn: st.just(PassTurn()),
    OpenApproval: st.builds(OpenApproval, duty=st.just("taking minutes") | text),
    CloseApproval: st.builds(
        CloseApproval,
        ballots=st.lists(st.frozensets(st.sampled_from(["Ada", "Ben", "Cy"]) | text, max_size=3), max_size=6).map(
            tuple
        ),
        draw=st.integers(),
    ),
    BeginDuty: st.builds(
        BeginDuty,
        duty=duty,
        how=st.sampled_from(["order", "lot", "approval"]),
        term=st.sampled_from(["day", "week", "month"]),
        hands=badges,
    ),
    EndDuty: st.builds(EndDuty, duty=duty, hands=badges),
    DrawDuty: st.builds(
        DrawDuty, duty=duty, draw=st.integers(0, 2**63), badge=badge, absent=st.lists(handle, max_size=3).map(tuple)
    ),
    HandOver: st.builds(
        HandOver, duty=duty, coming=badge, leaving=badge, absent=st.lists(handle, max_size=3).map(tuple)
    ),
}


@pytest.fixture(scope="module")
def shops():
    """Room for an empty kiosk and a busy shop, made once: rules change neither."""
    return {}


def busy(open_shop):
    """A shop in which something of everything is going on."""
    shop = open_shop().founded().joined("Dan", "Eve", "Fay", "Gus")
    ada, ben, cy, dan, lost = (BadgeHash(name) for name in ("ada", "ben", "cy", "dan", "lost"))
    shop.done(AddBadge(handle="Ada", badge=NewBadge(hash=lost, medium="tag"), hands=(ben, cy, dan)))
    shop.done(RevokeBadge(handle="Ada", lost=lost, hands=(ben, cy, dan)))
    shop.done(Swap(giver=ada, receivers=(ben, cy), minutes=75, work="care"))
    undone = shop.done(Swap(giver=ben, receivers=(ada,), minutes=75, work="care"))
    shop.done(Undo(entry=undone.id, badge=ada))
    shop.done(ServeCommons(giver=cy, witness=dan, minutes=720, work="other"))
    shop.done(StartClock(badge=cy, work="care"))
    shop.done(StartLeave(badge=dan))
    shop.done(PostNotice(badge=ada, side="need", work="care", words="x", until="2026-11-30"))
    shop.done(Swap(giver=BadgeHash("gus"), receivers=(ada,), minutes=15, work="care"))
    shop.done(Leave(handle="Gus", badges=(BadgeHash("gus"),)))
    shop.done(BeginDuty("taking minutes", "order", "week", (ada, ben, cy)))
    shop.done(HandOver("taking minutes", ada, ben))
    shop.done(BeginDuty("keeping the jar", "lot", "month", (ada, ben, cy)))
    shop.wait(60)
    return shop


def test_every_command_has_its_rule_and_is_asked_here():
    assert set(RULES) == set(AnyCommand.__args__) == set(ASKED)


@pytest.mark.parametrize("asked", ASKED, ids=lambda kind: kind.__name__)
@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_that_can_be_asked_freezes_the_kiosk_or_spoils_the_record(asked, data, open_shop, shops):
    if not shops:
        shops.update(empty=open_shop(), busy=busy(open_shop), circle=circle(open_shop), voting=voting(open_shop))
        shops.update(approving=approving(open_shop), giving=giving(open_shop))
    shop = shops[data.draw(st.sampled_from(["busy", "busy", "circle", "voting", "approving", "giving", "empty"]))]
    before = msgspec.json.encode(shop.state)
    verdict = decide(data.draw(ASKED[asked]), shop.case)
    assert msgspec.json.encode(shop.state) == before
    if isinstance(verdict, Refusal):
        said = verdict.words.format(**verdict.facts)
        assert said.isprintable()
        assert len(said) < 400
        assert verdict.code
        return
    assert verdict
    state = shop.state
    for number, event in enumerate(verdict, start=len(shop.entries) + 1):
        entry = Entry(device="k1", number=number, moment=shop.now, event=event)
        assert read_entry(write_entry(entry)) == entry
        assert sum(moves(event).values()) == 0
        state = apply(state, entry).state
    assert sum(account.minutes for account in state.accounts.values()) == 0
    money = state.money
    assert in_hand(state) == money.came.total - money.spent - money.returned


def circle(open_shop):
    """A shop in the middle of its circle."""
    shop = open_shop().founded().joined("Dan", "Eve")
    ada, ben, cy, dan, eve = (BadgeHash(name) for name in ("ada", "ben", "cy", "dan", "eve"))
    shop.done(OpenCircle(opener=ada, badges=(ada, ben, cy, dan, eve), draw=17))
    shop.done(Voice("flour", "the door"))
    return shop


def voting(open_shop):
    """The same with a vote open."""
    shop = circle(open_shop)
    day = (local(shop.now).date() + timedelta(days=30)).isoformat()
    shop.done(OpenRound("Close at four?", "counts", "less bread", day))
    return shop


def giving(open_shop):
    """A shop that gives its jar away, with tools on the shelf and out."""
    shop = open_shop().founded().joined("Dan", "Eve")
    ada, ben, cy = (BadgeHash(name) for name in ("ada", "ben", "cy"))
    shop.done(GiveMoney(ada, ben, 601_00))
    project = shop.done(ProposeProject(ada, "a saw", 40_00, "tool repair")).id
    shop.done(SecondProject(project, ben))
    shop.done(ShelveTool("AAAAAAAA", "Saw", (ada, ben)))
    shop.done(ShelveTool("BBBBBBBB", "Drill", (ada, ben)))
    shop.done(BorrowTool("BBBBBBBB", cy))
    shop.done(LinkNeighbour(write_card("Mill Lane", THEIRS), 600, (ada, ben, cy), OURS.name))
    shop.done(BreakTool("AAAAAAAA", cy, "the blade"))
    shop.done(OpenCircle(opener=ada, badges=(ada, ben, cy), draw=17))
    shop.done(CountJar(601_00, (ada, ben)))
    shop.done(ArgueDownside(project))
    shop.done(OpenFriday())
    return shop


def approving(open_shop):
    """The same with a round of approvals open."""
    shop = circle(open_shop)
    shop.done(BeginDuty("taking minutes", "approval", "week", tuple(BadgeHash(name) for name in KNOWN[:3])))
    shop.done(OpenApproval("taking minutes"))
    return shop


def test_the_busy_shop_is_as_busy_as_it_claims(open_shop):
    shop = busy(open_shop)
    assert fold(shop.entries) == shop.state
    assert {member.standing for member in shop.state.members.values()} == {"here", "away", "left"}
    assert {badge.good for badge in shop.state.badges.values()} == {True, False}
    assert shop.state.notices
    assert shop.state.members["Cy"].clock
    assert {duty.holder for duty in shop.state.duties.values()} == {"Ada", ""}
