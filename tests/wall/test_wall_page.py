"""The wall page in a real browser: what somebody four metres away would see, and what a page may not do."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zxingcpp
from browser import Browser
from PIL import Image

from kiosk.faces import Alarm, DutyRow, Face, Line, Point, WallFace
from kiosk.screens.odd import ARABIC, LONG_NAME
from kiosk.screens.samples import CIRCLE_WALL, SAMPLES, WALL

PICTURES = Path("build/wall")
SIZES = [(1920, 1080), (1080, 1920), (1280, 720)]
FULL_BAND = tuple(Alarm(f"{LONG_NAME} {n}", "for 12 min", "Look at its cable. " * 5) for n in range(40))
WALLS: dict[str, Any] = {
    **{name: SAMPLES[name] for name in ("wall-empty", "wall-two-hundred", "wall-tools", "welcome-one")},
    **{name: SAMPLES[name] for name in ("wall-jar", "wall-jar-first", "wall-jar-forty", "wall-jar-full")},
    "everything": msgspec.structs.replace(
        SAMPLES["wall-forty-alarms"],
        jar=SAMPLES["wall-jar"].jar,
        duties=tuple(DutyRow("", f"{LONG_NAME} {n}", LONG_NAME, LONG_NAME, "until today") for n in range(4)),
        decided=tuple(Point("W" * 120, "6 yes, 2 no", mark="check") for _ in range(9)),
        doing=tuple(Point("do it " * 20, "by Fri 27 Nov", who=LONG_NAME) for _ in range(9)),
        tools=(Point("the long ladder", "by Wed 2 Dec", who=ARABIC, mark="warning"),) * 9,
        alarms=FULL_BAND,
    ),
}
"""Ordinary, empty, full and odd."""

# What is wrong with what is drawn. Text is looked at as it is seen: within whatever cuts it off.
LOOK = """
(() => {
  const wrong = [], seen = [];
  const clip = (rect, element) => {
    let box = {left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom};
    for (let up = element; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflowX === "visible") continue;
      const edge = up.getBoundingClientRect();
      box = {left: Math.max(box.left, edge.left), top: Math.max(box.top, edge.top),
             right: Math.min(box.right, edge.right), bottom: Math.min(box.bottom, edge.bottom)};
    }
    return box;
  };
  const ground = (element) => {
    for (let up = element; up; up = up.parentElement) {
      const colour = getComputedStyle(up).backgroundColor;
      if (!colour.endsWith(", 0)")) return colour;
    }
  };
  const bright = (colour) => {
    const parts = colour.match(/[0-9.]+/g).slice(0, 3).map((each) => each / 255)
      .map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement, style = getComputedStyle(element);
    if (!node.data.trim() || style.visibility === "hidden" || !element.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].map((rect) => clip(rect, element))
      .filter((box) => box.right - box.left > 1 && box.bottom - box.top > 4);
    for (const box of boxes) {
      if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
        wrong.push("outside the window: " + node.data);
      seen.push({...box, node, words: node.data, line: parseFloat(style.fontSize)});
    }
    if (parseFloat(style.fontSize) < 20) wrong.push("too small: " + node.data);
    const [one, other] = [bright(style.color), bright(ground(element))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    if (contrast < 4.5) wrong.push(`hard to read (${contrast.toFixed(1)}): ${node.data}`);
    // The page's own calm: soft words are told by their colour, all others stand out at 7 to 1.
    if (style.color === getComputedStyle(document.body).color && contrast < 7)
      wrong.push(`not clear (${contrast.toFixed(1)}): ${node.data}`);
  }
  for (const element of document.querySelectorAll("body *")) {
    if (element.closest("svg") || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const cut = style.overflowX !== "visible";
    if (!cut && element.clientWidth && element.scrollWidth > element.clientWidth + 2)
      wrong.push(`too wide: ${element.className} ${element.textContent.slice(0, 60)}`);
    const rows = element.classList.contains("column");
    if (rows && element.scrollHeight > element.clientHeight + 1)
      wrong.push("cut off below: " + element.textContent.slice(-60));
  }
  seen.forEach((one, index) => seen.slice(index + 1).forEach((other) => {
    const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    if (one.node !== other.node && wide > 2 && high > 0.35 * Math.min(one.line, other.line))
      wrong.push(`over each other: ${one.words} | ${other.words}`);
  }));
  return wrong;
})()
"""


class Page:
    """The page before somebody's eyes."""

    def __init__(self, browser: Browser, shown: Any) -> None:
        self.browser, self.shown = browser, shown
        self._turn = 0
        browser.errors.clear()
        browser.asked.clear()

    def open(self) -> "Page":
        self.browser.go(self.shown.address)
        return self

    def show(self, face: Face) -> "Page":
        """Until that face is drawn."""
        self._turn += 1
        shop = f"{'Shop'} {self._turn}"
        if isinstance(face, WallFace):
            face = msgspec.structs.replace(face, shop=shop)
        else:
            face = msgspec.structs.replace(face, frame=msgspec.structs.replace(face.frame, title=shop))
        self.shown.show(face)
        self.browser.until(f"document.querySelector('#shop')?.textContent === '{shop}'")
        return self

    def tell(self, script: str) -> Any:
        return self.browser.tell(script)

    def text(self) -> str:
        return str(self.tell("document.body.innerText"))


@pytest.fixture
def page(browser: Browser, shown: Any) -> Iterator[Page]:
    found = Page(browser, shown)
    browser.size(*SIZES[0])
    yield found.open().show(WALL)
    assert browser.errors == []
    assert {address.partition("//")[2].partition("/")[0] for address in browser.asked} == {
        f"127.0.0.1:{shown.port}"
    }


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_everything_on_the_wall_can_be_read(page: Page, size: tuple[int, int]) -> None:
    """Without this somebody's name, or the one alarm that matters, would run out of its box or over another."""
    page.browser.size(*size)
    for name, face in WALLS.items():
        page.show(face)
        page.browser.picture(PICTURES / f"{name}-{size[0]}x{size[1]}.png")
        assert page.tell(LOOK) == [], name


def test_the_look_finds_what_is_wrong(page: Page) -> None:
    """The test above must be able to fail."""
    page.tell("document.querySelector('.swapped').style.width = '3000px'")
    page.tell("document.querySelector('.sum-words').style.color = '#c0b8a8'")
    page.tell("document.querySelector('.sum-words').style.fontSize = '14px'")
    page.tell("document.querySelector('h2').style.marginBottom = '-30px'")
    found = " ".join(page.tell(LOOK))
    assert "too wide" in found
    assert "hard to read" in found
    assert "too small" in found
    assert "over each other" in found


def test_what_the_kiosk_shows_is_on_the_page(page: Page) -> None:
    """Without this the page would be a wall without the shop on it."""
    text = page.show(SAMPLES["wall-jar"]).text()
    for words in ("€ 172.50", "shared out tomorrow", "Jo → Sara", "9 days late", "31 h swapped this month"):
        assert words in text
    for words in ("Start Mondays at seven", "Jo: fix the flour scale", "1 h 30", "Needs and offers", "+8 h 45"):
        assert words in text
    assert "tap your badge" not in text
    assert page.tell("document.querySelectorAll('.jar .mark').length") == 3
    assert page.tell("document.title") == "Shop 2"
    assert page.tell("document.documentElement.lang") == "en"


def test_old_news_is_seen_to_be_old(page: Page) -> None:
    """Without this people would rely on duties and balances of last week, from a kiosk that is off."""
    page.show(msgspec.structs.replace(CIRCLE_WALL, alarms=FULL_BAND[:1], jar=SAMPLES["wall-jar"].jar))
    assert not page.tell("document.querySelector('#silence').checkVisibility()")
    page.shown.made_up.age = 61
    page.browser.until("document.querySelector('#silence').checkVisibility()")
    assert "No news since 10:42. The kiosk may be off." in page.text()
    coloured = page.tell(
        "[...document.querySelectorAll('body, body *')].flatMap((each) => {const style = getComputedStyle(each);"
        "return [style.color, style.backgroundColor, style.fill, style.stroke]})"
        ".map((each) => (each.match(/[0-9.]+/g) || [0, 0, 0]).slice(0, 3).map(Number))"
        ".filter((each) => Math.max(...each) - Math.min(...each) > 6).length"
    )
    assert coloured == 0
    page.browser.picture(PICTURES / "quiet.png")
    assert page.tell(LOOK) == []
    assert not page.tell("document.querySelector('#now').checkVisibility({visibilityProperty: true})")
    page.shown.made_up.age = 2
    page.browser.until("!document.querySelector('#silence').checkVisibility()")


def test_a_page_that_loses_its_server_says_so_and_comes_back(browser: Browser, shown: Any, again: Any) -> None:
    """Without this a broken cable would look like a quiet day."""
    browser.size(1280, 720)
    page = Page(browser, shown).open().show(WALL)
    shown.made_up.age = 58
    shown.made_up.silent = "No news since 10:41. The kiosk may be off."
    page.browser.until("document.querySelector('#silence').textContent.includes('10:41')")
    shown.end()
    page.browser.until("document.documentElement.classList.contains('quiet')")
    assert "31 h swapped this month" in page.text()
    back = again(shown.port)
    back.show(WALL)
    page.browser.until("!document.documentElement.classList.contains('quiet')")


def test_a_name_full_of_markup_is_a_name(page: Page) -> None:
    """Without this whoever chooses a name could run a program on every screen of the shop."""
    hostile = "<img src=x onerror=bad=1><script>bad=1</script>"
    point = Point(hostile, hostile, who=hostile)
    page.show(
        msgspec.structs.replace(
            SAMPLES["wall-jar"],
            balances=((hostile, 60), ("Jo", -60)),
            recent=(Line("", f"{hostile} → Jo", "1 h", hostile, "today"),),
            duties=(DutyRow("", hostile, hostile, hostile, hostile),),
            decided=(point,),
            doing=(point,),
            alarms=(Alarm(hostile, hostile, hostile),),
            clocks=(hostile,),
        )
    )
    assert page.tell("typeof bad") == "undefined"
    assert page.tell("document.querySelectorAll('main img, main script, body > script').length") == 0
    assert page.text().count("onerror=bad=1") >= 5


def test_the_page_may_run_and_fetch_nothing_else(page: Page) -> None:
    """Without this the next mistake in the page would be open to anybody's script."""
    script = (
        "const made = document.createElement('script'); made.text = 'window.bad = 1'; document.head.append(made)"
    )
    assert page.tell(f"try {{ {script} }} catch (error) {{}}; typeof window.bad") == "undefined"
    markup = "document.querySelector('main').innerHTML = '<b>bold</b>'"
    assert page.tell(f"(() => {{ try {{ {markup}; return 'set' }} catch (error) {{ return error.name }} }})()") == (
        "TypeError"
    )
    elsewhere = "http://127.0.0.1:9/"
    assert page.tell(f"fetch('{elsewhere}').then(() => 'went', () => 'stopped')") == "stopped"
    assert any("Content Security Policy" in each for each in page.browser.errors)
    page.browser.errors.clear()
    page.browser.asked[:] = [each for each in page.browser.asked if each != elsewhere]


def test_nothing_moves_when_nothing_changes(page: Page) -> None:
    """Without this the wall would flicker once a minute in the corner of everybody's eye."""
    page.tell("window.moved = 0; window.watch = new MutationObserver((all) => { window.moved += all.length })")
    page.tell("watch.observe(document.querySelector('main'), {subtree: true, childList: true, attributes: true})")
    face = msgspec.structs.replace(WALL, shop="Shop 1", time="14:21")
    page.shown.show(face)
    page.browser.until("document.querySelector('#time').textContent === '14:21'")
    assert page.tell("window.moved") == 0


CROWDED = msgspec.structs.replace(
    SAMPLES["wall-neighbours"],
    jar=SAMPLES["wall-jar"].jar,
    tools=SAMPLES["wall-jar-full"].tools,
    alarms=(
        Alarm(
            "upstairs can’t be reached", "for 12 min", "Is it on? Is its cable in? What it wrote comes by itself"
        ),
        Alarm("Jo is past the limit, at two kiosks that did not hear each other", "since 10:20", "Hours mend it"),
    ),
)
"""All that a shop with neighbours and a second kiosk can have at once: more than one wall holds."""
SHOWN = """
[...document.querySelectorAll(".area h2")].filter((each) => each.checkVisibility()).map((each) => each.innerText)
""".strip()


@pytest.mark.parametrize("size", SIZES[:2], ids=lambda size: f"{size[0]}x{size[1]}")
def test_what_has_no_room_comes_in_its_turn(page: Page, size: tuple[int, int]) -> None:
    """Without this the news of neighbours and what is borrowed would never be on a full wall, and nobody can
    touch a page to see more."""
    page.browser.size(*size)
    page.show(CROWDED)
    headings = {"Decided", "Who does what", "Neighbours", "What is out", "Just swapped", "Needs and offers"}
    seen: set[str] = set()
    for turn in range(12):
        now = page.tell(SHOWN)
        assert page.tell(LOOK) == []
        assert "31 h swapped this month" in page.text()
        assert "comes by itself" in page.text()
        if set(now) - seen:
            page.browser.picture(PICTURES / f"turn-{turn}-{size[0]}x{size[1]}.png")
        seen |= set(now)
        if seen >= headings:
            break
        page.tell("Date.now = ((was) => () => was() + 20000)(Date.now)")
        page.browser.until(f"{SHOWN}.join() !== {json.dumps(','.join(now))}")
    assert seen >= headings


def test_names_on_the_glass_are_whole_where_a_line_more_helps(page: Page) -> None:
    """Without this nobody could read from the wall what the shop saves for."""
    page.show(CROWDED)
    names = "[...document.querySelectorAll('.mark .title')]"
    assert page.tell(f"{names}.length") == 3
    assert page.tell(f"{names}.filter((each) => each.scrollWidth > each.clientWidth).length") == 0


def test_an_arabic_name_reads_from_the_right_and_gives_to_the_right(page: Page) -> None:
    """Without this it would seem that Jo gave what Sara gave."""
    page.show(msgspec.structs.replace(WALL, recent=(Line("", f"{ARABIC} → Jo", "1 h", "care", "today"),)))
    left = "[...document.querySelectorAll('.recent bdi')].map((each) => each.getBoundingClientRect().left)"
    sara, jo = page.tell(left)
    assert sara < jo
    page.show(msgspec.structs.replace(WALL, clocks=(f"{ARABIC} {ARABIC}",)))
    assert page.tell("getComputedStyle(document.querySelector('.clocks .words')).direction") == "rtl"


def test_a_small_window_can_be_scrolled(page: Page) -> None:
    """Without this nobody could read the wall on a telephone."""
    page.browser.size(390, 844)
    page.show(WALLS["everything"])
    assert page.tell("document.documentElement.scrollWidth <= innerWidth")
    assert page.tell("document.documentElement.scrollHeight > 2 * innerHeight")
    assert page.tell("document.querySelectorAll('.balances li').length") == 200


class Pinned(msgspec.Struct, frozen=True):
    """Something that hangs on the wall with a code, as later kinds of faces may have it."""

    code: str
    words: str = "The seal of the record"
    told: str = "412 entries"


class LaterFace(WallFace, frozen=True):
    """A face with more on it than this page was drawn for."""

    seal: Pinned | None = None
    something_new: tuple[Pinned, ...] = ()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_code_on_the_page_is_read_by_a_telephone(page: Page, size: tuple[int, int]) -> None:
    """Without this nobody could take the seal home, and a face that has grown would leave the page empty."""
    text = "shop.example/k3\n412\n" + "Qk9+" * 40
    page.browser.size(*size)
    given = {name: getattr(SAMPLES["wall-jar"], name) for name in WallFace.__struct_fields__ if name != "seal"}
    page.show(LaterFace(**given, seal=Pinned(text), something_new=(Pinned("unseen"),)))
    picture = PICTURES / f"seal-{size[0]}x{size[1]}.png"
    page.browser.picture(picture)
    with Image.open(picture) as opened:
        assert [found.text for found in zxingcpp.read_barcodes(opened.convert("L"))] == [text]
    assert page.tell(LOOK) == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_seal_is_photographed_off_the_page(page: Page, size: tuple[int, int]) -> None:
    """Without this the wall of the large room could be looked at and nobody could keep what it says."""
    page.browser.size(*size)
    for name in ("wall-seal", "wall-seal-no-jar", "wall-poster-seal"):
        face = SAMPLES[name]
        page.show(face)
        picture = PICTURES / f"{name}-{size[0]}x{size[1]}.png"
        page.browser.picture(picture)
        with Image.open(picture) as opened:
            smaller = opened.resize((size[0] * 2 // 3, size[1] * 2 // 3))  # from further away
            for shown in (opened, smaller):
                assert face.seal.code in {each.text for each in zxingcpp.read_barcodes(shown.convert("L"))}, name
        dots = page.tell(
            "(() => { const seen = document.querySelector('.seal .code svg');"
            "return seen.getBoundingClientRect().width / seen.viewBox.baseVal.width; })()"
        )
        assert dots == (4 if min(size) >= 1080 else 3), name
        assert page.tell(LOOK) == [], name


def test_friday_is_told_once_and_hides_no_vote(page: Page) -> None:
    """Without this the jar's decision would hang there twice, and the circle's own vote behind "and 1 more"."""
    poster = SAMPLES["wall-poster"].poster
    vote = Point("Start Mondays at seven", "6 yes, 2 no", mark="check")
    face = msgspec.structs.replace(SAMPLES["wall-poster"], decided=(poster.short, vote))
    for size in SIZES:
        page.browser.size(*size)
        text = page.show(face).text()
        page.browser.picture(PICTURES / f"friday-{size[0]}x{size[1]}.png")
        assert "Start Mondays at seven" in text, size
        assert text.count(poster.short.words) + page.tell("document.querySelectorAll('.friday').length") == 1, size
        assert page.tell(LOOK) == [], size
