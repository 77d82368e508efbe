"""What is proposed for a jar: one proposal, in a row and whole, and how one is put together."""

from kiosk.faces import Choice, Face, Proposal, ProposalFace, TapFace, TilesFace, TroubleFace, TypeFace
from kiosk.rules.projects import LONGEST_SORT
from kiosk.state import PROJECTS, Project, State
from kiosk.tongue import fill, later, phrase, plural, unfilled
from kiosk.views.fitting import TILES, with_room
from kiosk.views.glass import drawn
from kiosk.views.scene import Scene, frame, paged
from kiosk.visit import jar_places as places
from kiosk.visit.places import Visit
from kiosk.words import money, names

SORT_ICONS = {
    "tool repair": "repair",
    "dental": "care",
    "printing": "note",
    "hardship": "offer",
    "strike reserve": "jar",
}
"""The picture of each kind of project; those that the shop named share one."""


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
    title = with_room(draft.title, draft.title, phrase("A proposal"))
    head = fill("{title} · {money}", {"title": title, "money": money(draft.cents)})
    return TapFace(
        frame=frame(visit, scene, head, dots=(3, 5)),
        prompt=prompt,
        words=words,
        choices=(choice,),
        icon="badge",
    )
