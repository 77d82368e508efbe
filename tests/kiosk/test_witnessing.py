"""Two kiosks with real records: what they do for each other as witnesses, and what `kiosk verify` makes of it."""

import shutil
import sqlite3

import pytest
from archipelago import badge_of
from typer.testing import CliRunner

from kiosk.__main__ import app
from kiosk.amounts import Moment
from kiosk.commands import (
    CloseSegment,
    Command,
    LinkNeighbour,
    MendFork,
    NewBadge,
    Refusal,
    TakeSegment,
    WriteLetter,
)
from kiosk.commands import Found as FoundShop
from kiosk.core import Booked, Core
from kiosk.faces import Touch
from kiosk.letters import News, write_card
from kiosk.post import segments
from kiosk.post_office import PostOffice
from kiosk.seal_key import Sealed, seal_key, sealing
from kiosk.sealing.checkpoint import open_seal
from kiosk.sealing.cosignature import cosigned
from kiosk.state import State, restore, says
from kiosk.store import Folding, Reader, Store
from kiosk.template import Template, write_template
from kiosk.views.scene import Scene
from kiosk.views.seal import seal
from kiosk.views.witness import template_changed, with_a_witness
from kiosk.visit.ground import Answered
from kiosk.visit.people import seal_touched
from kiosk.visit.places import IDLE, Seal
from kiosk.witnessing import Witnessing

DAY = 86_400_000


class Clock:
    def __init__(self) -> None:
        self.ms = 0

    def now(self) -> Moment:
        return Moment(wall=1_793_620_800_000 + self.ms, mono=self.ms, boot="test")


class Box:
    """A kiosk as far as its neighbours see it."""

    def __init__(self, name, folder, clock, begins_with=None):
        self.name, self.folder, self.clock = name, folder, clock
        self.hands = tuple(badge_of(f"{who} of {name}") for who in ("Ada", "Ben", "Cy"))
        self.template = Template(numbers={"hands": 3})
        self.open()
        people = tuple((who, NewBadge(badge, "tag")) for who, badge in zip("ABC", self.hands, strict=True))
        self.must(FoundShop(people, begins_with))

    def open(self):
        self.store = Store.open(self.folder)
        state = restore(self.store.tables()) if self.store.last_number else State()
        self.core = Core(self.store, state, self.clock)
        self.signer = seal_key(self.folder, self.store.device, may_make=True)
        self.witness = Witnessing(self.folder, self.signer, lambda _: self.template)

    def must(self, command: Command) -> Booked:
        done = self.core.handle(command)
        assert isinstance(done, Booked), done
        return done

    def link(self, other):
        self.must(LinkNeighbour(write_card(other.name, other.signer), 600, self.hands, self.signer.name))

    def look(self) -> list[Command | Refusal]:
        """What the post office asks for, each asked."""
        asked = list(self.witness.look(self.core.state, self.clock.now()))
        return [type(command) for command in asked if isinstance(self.core.handle(command), Booked)]

    def send(self, other):
        self.core.handle(CloseSegment(other.name, self.signer.name))
        for _, text in list(segments(self.core.state.neighbours[other.name], 0, self.store.find, self.signer)):
            other.core.handle(TakeSegment(text, other.signer.name))


@pytest.fixture
def boxes(tmp_path):
    clock = Clock()
    here, there = (Box(name, tmp_path / name[:4], clock) for name in ("Canal Street", "Mill Lane"))
    here.link(there)
    there.link(here)
    yield here, there
    for each in (here, there):
        each.store.close()


def a_day(here, there):
    here.clock.ms += DAY
    for _ in range(3):
        for one, other in ((here, there), (there, here)):
            one.clock.ms += 601_000
            one.look()
            one.send(other)


def kiosk(*words):
    return CliRunner().invoke(app, list(words))


def test_from_one_day_to_the_next_each_is_the_others_witness(boxes):
    here, there = boxes
    for _ in range(3):
        a_day(here, there)
    known = here.core.state.neighbours["Mill Lane"]
    (made,) = cosigned(known.witnessed, [there.signer.verifier])
    assert made.time * 1000 <= here.clock.now().wall
    assert not known.two_stories
    said = kiosk("verify", "--data", str(here.folder))
    assert said.exit_code == 0, said.output
    assert "the seal that Mill Lane signed: its" in said.output
    assert "Mill Lane has signed it too, on 2026-" in said.output


def test_whoever_writes_the_past_anew_is_told_by_the_witness(boxes, tmp_path):
    here, there = boxes
    a_day(here, there)
    kept = tmp_path / "kept.txt"
    kept.write_text(here.core.state.neighbours["Mill Lane"].witnessed)
    here.store.close()
    folder = tmp_path / "forged"
    shutil.copytree(here.folder, folder)
    forge(folder)
    said = kiosk("verify", "--data", str(folder), "--checkpoint", str(kept))
    assert said.exit_code == 1
    assert "knew other entries" in said.output
    assert "the seal that Mill Lane signed knew other entries" in said.output


def forge(folder):
    """All entries written once more with fresh salts, by somebody who has the key and knows the format."""
    source = folder / "record.sqlite"
    with Reader.open(folder) as reader:
        entries, device = list(reader.entries()), reader.device
    source.unlink()
    for left in folder.glob("record.sqlite-*"):
        left.unlink()
    store = Store.open(folder)
    store.close()
    file = sqlite3.connect(source)
    file.execute("UPDATE about SET value = ? WHERE name = 'device'", (device,))
    file.commit()
    file.close()
    store = Store.open(folder)
    store.append(entries, Folding.of(entries).documents())
    store.close()


def test_a_cosignature_that_was_altered_says_nothing_for_us(boxes, tmp_path):
    here, there = boxes
    a_day(here, there)
    text = here.core.state.neighbours["Mill Lane"].witnessed
    kept = tmp_path / "kept.txt"
    head, _, line = text.rstrip("\n").rpartition(" ")
    kept.write_text(f"{head} {line[:40]}{'A' if line[40] != 'A' else 'B'}{line[41:]}\n")
    said = kiosk("verify", "--data", str(here.folder), "--checkpoint", str(kept))
    assert said.exit_code == 2
    assert f"the cosignature of {there.signer.name} does not fit the text" in said.output


def test_the_seal_on_the_wall_is_the_one_that_is_shown_and_gets_its_witness(boxes):
    here, there = boxes
    here.clock.ms += DAY
    hanging = sealing(here.folder, here.store.device, here.store.tree)(here.clock.now())
    assert isinstance(hanging, Sealed)
    here.must(WriteLetter("", News("We bake"), here.hands[:2]))
    here.look()
    shown = here.core.state.neighbours["Mill Lane"].shown[-1].text
    assert shown == hanging.text
    assert with_a_witness(hanging.text, here.core.state) == hanging.text
    here.send(there)
    there.look()
    there.send(here)
    code = with_a_witness(hanging.text, here.core.state)
    assert code.startswith(hanging.text)
    assert cosigned(code, [there.signer.verifier])
    assert open_seal(code, [here.signer.verifier])[0].size == hanging.size
    assert len(code.encode()) < 420, "or it makes a code that no phone reads from a screen"


def test_the_post_office_sends_the_seal_and_the_answer_by_itself(boxes):
    here, there = boxes

    def post_office(box):
        def book(command, answered):
            done = box.core.handle(command)
            refused = done if isinstance(done, Refusal) else None
            answered(Answered(command=command, refusal=refused, entries=() if refused else done.entries))

        me = box.signer.name
        now, witness = box.clock.now, box.witness.look
        return PostOffice(box.folder, me, book=book, state=lambda: box.core.state, now=now, witness=witness)

    offices = {box.name: post_office(box) for box in boxes}
    for _ in range(4):
        for box, other in ((here, there), (there, here)):
            box.clock.ms += 16 * 60_000
            offices[box.name].look()
            box.send(other)
    assert here.core.state.neighbours["Mill Lane"].witnessed
    assert there.core.state.neighbours["Canal Street"].witnessed


def test_the_page_of_the_seal_offers_one_that_a_neighbour_has_signed(boxes):
    here, there = boxes
    a_day(here, there)
    newest = sealing(here.folder, here.store.device, here.store.tree)(here.clock.now())
    scene = Scene(here.core.state, here.clock.now(), here.store.find, here.name, {}, sealed=newest)

    def page(place):
        return seal(IDLE, place, scene)

    assert page(Seal()).code == newest.text
    assert [each.key for each in page(Seal()).choices] == ["next"]
    signed = page(seal_touched(IDLE, Seal(), Touch("choose", "next"), None).visit.place)
    assert cosigned(signed.code, [there.signer.verifier])
    assert "Mill Lane has signed it too" in signed.words
    kept = scene._replace(
        sealed=Sealed(here.core.state.neighbours["Mill Lane"].shown[-1].text, 9, here.clock.now())
    )
    assert "Mill Lane has signed it too" in seal(IDLE, Seal(), kept).words
    assert seal(IDLE, Seal(), kept).choices == ()


def test_a_record_that_was_put_back_is_told_by_both_and_goes_on_after_the_mending(boxes, tmp_path):
    here, there = boxes
    a_day(here, there)
    there.store.close()
    copy = tmp_path / "copy"
    shutil.copytree(there.folder, copy)
    there.open()
    a_day(here, there)
    there.store.close()
    there.folder = copy
    there.open()
    a_day(here, there)
    known = here.core.state.neighbours["Mill Lane"]
    assert known.fork is not None
    for box, whose in ((here, "theirs"), (there, "ours")):
        other = there if box is here else here
        box.must(MendFork(other.name, "letters", whose, "shown", box.hands))
        box.send(other)
    a_day(here, there)
    assert here.core.state.neighbours["Mill Lane"].seal_fork is not None, "the record itself is another, too"
    said = kiosk("verify", "--data", str(there.folder))
    assert said.exit_code == 0, said.output
    assert "the first seal that Canal Street doubts knew" in said.output
    for box, whose in ((here, "theirs"), (there, "ours")):
        other = there if box is here else here
        box.must(MendFork(other.name, "seals", whose, "shown", box.hands))
        box.send(other)
    for _ in range(2):
        a_day(here, there)
    for box, other in ((here, there), (there, here)):
        known = box.core.state.neighbours[other.name]
        assert not known.two_stories
        assert not known.doubts
        assert says(known.witnessed) == says(known.shown[-1].text)


def test_what_changed_in_a_template_is_told_the_day_after(boxes):
    here, there = boxes
    a_day(here, there)
    assert here.core.state.neighbours["Mill Lane"].template_text == write_template(there.template).decode()
    there.template = Template(numbers={"hands": 4})
    a_day(here, there)
    assert here.core.state.neighbours["Mill Lane"].template_words == "hands: 4 there, 3 here"


def test_a_shop_sees_that_the_one_it_was_copied_from_does_something_otherwise_now(tmp_path):
    clock = Clock()
    there = Box("Mill Lane", tmp_path / "mill", clock)
    there.template = Template(shop="Mill Lane", numbers={"hands": 3, "soft_limit": 300})
    here = Box("Canal Street", tmp_path / "canal", clock, there.template)
    here.link(there)
    there.link(here)

    def line():
        scene = Scene(here.core.state, clock.now(), here.store.find, here.name, {})
        return template_changed(tuple(here.core.state.neighbours.values()), scene)

    a_day(here, there)
    assert line() == ""
    there.template = Template(shop="Mill Lane", numbers={"hands": 3, "soft_limit": 240})
    a_day(here, there)
    assert "Mill Lane" in line()
    for name in ("Mill Lane", None):
        said = kiosk("template", "compare", *([name] if name else []), "--data", str(here.folder))
        assert "soft_limit: 240 there, 300 here" in said.output
    for box in (here, there):
        box.store.close()
    told = kiosk("neighbours", "seals", "--data", str(here.folder))
    assert "by Mill Lane" in told.output


def test_alone_there_is_nothing_to_do(tmp_path):
    alone = Box("Alone", tmp_path / "alone", Clock())
    assert alone.look() == []
    alone.store.close()
