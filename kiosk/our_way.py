"""How this shop does things, as a template that others can copy."""

from kiosk.amounts import JAR
from kiosk.rules.charter import numbers_of
from kiosk.settings import Settings
from kiosk.state import State
from kiosk.template import DutyOf, Template


def template_of(state: State, settings: Settings) -> Template:
    """Charter, duties and words; no member, no entry."""
    duties = (each for each in state.duties.values() if each.fund == JAR)
    return Template(
        shop=settings.shop.name,
        numbers=numbers_of(state.charter),
        duties=tuple(DutyOf(each.duty, each.how, each.term) for each in duties),
        work=state.named_work,
        language=settings.shop.language,
        text=settings.screen.text,
    )
