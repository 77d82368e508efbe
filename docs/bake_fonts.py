"""Bakes the fonts in kiosk/screens/fonts. Run by hand when a font or the list of pictures changes, never at start.

    python -m venv baking && baking/bin/pip install fonttools brotli shapely
    npm pack @fontsource-variable/atkinson-hyperlegible-next lucide-static      # unpack each into a folder
    apt-get download fonts-noto-core && dpkg -x fonts-noto-core_*.deb noto
    PYTHONPATH=. baking/bin/python docs/bake_fonts.py ATKINSON_FOLDER LUCIDE_FOLDER NOTO_FOLDER

What it does, and why:

- Kivy's text engine knows no variable fonts and no layout features, so three weights are cut out, tabular
  figures become the figures, and the kerning of the font is written into the old table that the engine reads.
- Arrows and the tick are missing in the font; they are drawn here in the weight of its strokes.
- Arabic: Noto's letters and Atkinson's Latin in one file, because a name may hold both and a text has one font.
- The pictures (kiosk/screens/icons.py) become letters: strokes are widened to outlines.
"""

import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.merge import Merger
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.svgLib.path import SVGPath
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0
from fontTools.varLib.instancer import instantiateVariableFont
from shapely.affinity import affine_transform
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from kiosk.screens import icons

WEIGHTS = {"regular": 400, "semibold": 600, "heavy": 800}
NOTO = {"regular": "Regular", "semibold": "Bold", "heavy": "Bold"}
STROKE = {"regular": 78, "semibold": 104, "heavy": 138}
"""How wide the strokes of an arrow are, in thousandths of the type size: those of the letters."""

ARABIC = (*range(0x0600, 0x0700), *range(0x0750, 0x0780), *range(0xFB50, 0xFDFE), *range(0xFE70, 0xFEFD))
OUT = Path(__file__).parent.parent / "kiosk" / "screens" / "fonts"


# --- letters ----------------------------------------------------------------------------------------------


def static(path: Path, weight: int) -> TTFont:
    """One weight of a variable font."""
    return instantiateVariableFont(TTFont(path), {"wght": weight})


def only(font: TTFont, codes: Iterable[int], *, layout: bool = False) -> TTFont:
    """The font with these characters alone; without `layout` its features go, and their glyphs with them."""
    options = subset.Options(layout_features=["*"] if layout else [], notdef_outline=True, glyph_names=True)
    options.drop_tables += [] if layout else ["GSUB", "GPOS", "GDEF", "STAT"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=tuple(codes))
    cutter.subset(font)
    return font


def tabular(font: TTFont) -> None:
    """The figures of one width, which the font keeps under `tnum`, become the figures."""
    swaps: dict[str, str] = {}
    for record in font["GSUB"].table.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for sub in font["GSUB"].table.LookupList.Lookup[index].SubTable:
                    swaps.update(getattr(sub, "ExtSubTable", sub).mapping)
    for table in font["cmap"].tables:
        table.cmap = {code: swaps.get(name, name) for code, name in table.cmap.items()}


def kerning(font: TTFont) -> dict[tuple[int, int], int]:
    """How much closer two characters stand, from the font's own layout table, for the pairs that matter."""
    names = {code: name for code, name in font.getBestCmap().items() if worth_kerning(code)}
    lookups = font["GPOS"].table.LookupList.Lookup
    subs = [getattr(s, "ExtSubTable", s) for lookup in lookups for s in lookup.SubTable]
    pairs = [s for s in subs if type(s).__name__ == "PairPos"]
    found = {}
    for left, first in names.items():
        for right, second in names.items():
            value = pair_value(pairs, first, second)
            if abs(value) >= 8 and not (chr(left).isdigit() and chr(right).isdigit()):
                found[left, right] = value
    return found


def worth_kerning(code: int) -> bool:
    """Letters and the marks that stand beside them."""
    return chr(code).isalpha() or chr(code) in ".,:;-–—‘’“”·!?/()0123456789"


def pair_value(subs: list, first: str, second: str) -> int:
    """The first rule that speaks of this pair, in thousandths."""
    for sub in subs:
        if first not in sub.Coverage.glyphs:
            continue
        if sub.Format == 1:
            records = sub.PairSet[sub.Coverage.glyphs.index(first)].PairValueRecord
            for record in records:
                if record.SecondGlyph == second:
                    return getattr(record.Value1, "XAdvance", 0) or 0
            continue
        one, two = sub.ClassDef1.classDefs.get(first, 0), sub.ClassDef2.classDefs.get(second, 0)
        value = sub.Class1Record[one].Class2Record[two].Value1
        return (getattr(value, "XAdvance", 0) or 0) if value else 0
    return 0


def write_kerning(font: TTFont, pairs: dict[tuple[int, int], int]) -> None:
    """The old kerning table; a letter that the pairs do not name stands as its base letter does."""
    names = font.getBestCmap()
    bases = {code: base_letter(code) for code in names if worth_kerning(code)}
    known = {code for pair in pairs for code in pair}
    table = {}
    for left, left_base in bases.items():
        for right, right_base in bases.items():
            value = pairs.get((left if left in known else left_base, right if right in known else right_base))
            if value:
                table[names[left], names[right]] = value
    strongest = sorted(table.items(), key=lambda each: (-abs(each[1]), each[0]))[:10_900]
    kern = KernTable_format_0()
    kern.apple, kern.version, kern.tupleIndex, kern.coverage = False, 0, None, 1
    kern.kernTable = dict(strongest)
    font["kern"] = newTable("kern")
    font["kern"].version, font["kern"].kernTables = 0, [kern]


def base_letter(code: int) -> int:
    """The letter under the accents."""
    return ord(unicodedata.normalize("NFD", chr(code))[0])


def add_drawings(font: TTFont, weight: str) -> None:
    """Arrows and the tick, which the font lacks, and the narrow space that is a plain one here."""
    drawings = {
        0x2192: [[(90, 330), (790, 330)], [(520, 600), (790, 330), (520, 60)]],
        0x2190: [[(110, 330), (810, 330)], [(380, 600), (110, 330), (380, 60)]],
        0x2713: [[(90, 330), (310, 110), (740, 560)]],
    }
    for code, strokes in drawings.items():
        shape = unary_union([widened(points, STROKE[weight]) for points in strokes])
        put(font, f"own{code:04X}", code, shape, 880 if code != 0x2713 else 820)
    for table in font["cmap"].tables:
        table.cmap.setdefault(0x202F, table.cmap.get(0x20, "space"))
        table.cmap.setdefault(0x2009, table.cmap.get(0x20, "space"))


def put(font: TTFont, name: str, code: int, shape: BaseGeometry, advance: int) -> None:
    """One more letter in the font."""
    pen = TTGlyphPen(None)
    trace(shape, pen)
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = pen.glyph()
    font["hmtx"][name] = (advance, int(shape.bounds[0]))
    for table in font["cmap"].tables:
        table.cmap[code] = name


def lines_of(font: TTFont, up: int, down: int) -> None:
    """How high a line is, in thousandths above and below the foot of the letters.

    Capitals are 668 high, so up - down = 668 puts them in the middle of their line.
    """
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = up, -down, 0
    font["OS/2"].sTypoAscender, font["OS/2"].sTypoDescender, font["OS/2"].sTypoLineGap = up, -down, 0
    font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = up, down


def report(*words: object) -> None:
    """Says what was written."""
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")


def finish(font: TTFont, name: str, file: str) -> None:
    """Names it as ours (it is changed, so it does not go by the old name) and writes it."""
    for unwanted in (
        "GSUB",
        "GPOS",
        "GDEF",
        "STAT",
        "avar",
        "MVAR",
        "HVAR",
        "DSIG",
        "hdmx",
        "VDMX",
        "fpgm",
        "prep",
    ):
        if unwanted in font:
            del font[unwanted]
    for number, words in {1: name, 2: "Regular", 3: name, 4: name, 6: name.replace(" ", "")}.items():
        font["name"].setName(words, number, 3, 1, 0x409)
    font["name"].names = [n for n in font["name"].names if n.nameID <= 6 or n.nameID in (13, 14)]
    font["post"].formatType = 3.0
    font.save(OUT / file)
    report(file, len(font.getBestCmap()), "characters", (OUT / file).stat().st_size, "bytes")


def merged(fonts: list[TTFont]) -> TTFont:
    """Several fonts in one."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{index}.ttf" for index in range(len(fonts))]
        for font, path in zip(fonts, paths, strict=True):
            font.save(path)
        return Merger().merge([str(path) for path in paths])


def latin(folder: Path, weight: str) -> TTFont:
    """Atkinson Hyperlegible Next in one weight, Latin and its extensions."""
    files = folder / "files"
    name = "atkinson-hyperlegible-next-{}-wght-normal.woff2"
    base = static(files / name.format("latin"), WEIGHTS[weight])
    more = static(files / name.format("latin-ext"), WEIGHTS[weight])
    tabular(base)
    pairs = kerning(base)
    own = set(base.getBestCmap())
    joined = merged([only(base, own), only(more, set(more.getBestCmap()) - own)])
    add_drawings(joined, weight)
    write_kerning(joined, pairs)
    lines_of(joined, *((934, 266) if weight == "heavy" else (960, 292)))
    return joined


def arabic(folder: Path, weight: str, beside: Path) -> TTFont:
    """Noto's Arabic letters, with Atkinson's for everything else; lines as high as the Arabic letters need."""
    noto = TTFont(next(folder.rglob(f"NotoSansArabic-{NOTO[weight]}.ttf")))
    wanted = set(ARABIC) & set(noto.getBestCmap())
    joined = merged([only(TTFont(beside), TTFont(beside).getBestCmap()), only(noto, wanted)])
    lines_of(joined, 1104, 436)
    return joined


# --- pictures ---------------------------------------------------------------------------------------------


def widened(points: list[tuple[float, float]], width: float) -> BaseGeometry:
    """A stroke with round ends."""
    return LineString(points).buffer(width / 2, quad_segs=12)


def trace(shape: BaseGeometry, pen: TTGlyphPen) -> None:
    """The outline of a shape; holes the other way round."""
    for part in getattr(shape, "geoms", [shape]):
        for ring, clockwise in ((part.exterior, True), *((hole, False) for hole in part.interiors)):
            points = list(ring.coords)[:-1]
            if ring.is_ccw == clockwise:
                points.reverse()
            pen.moveTo(points[0])
            for point in points[1:]:
                pen.lineTo(point)
            pen.closePath()


def strokes(svg: str) -> list[list[tuple[float, float]]]:
    """The drawing's strokes as points."""
    pen = RecordingPen()
    SVGPath.fromstring(svg.encode()).draw(pen)
    lines: list[list[tuple[float, float]]] = []
    for verb, points in pen.value:
        if verb == "moveTo":
            lines.append([points[0]])
        elif verb == "lineTo":
            lines[-1].append(points[0])
        elif verb == "curveTo":
            lines[-1] += cubic(lines[-1][-1], *points)
        elif verb == "qCurveTo":
            raise ValueError("a curve of a kind that these drawings do not use")
        elif verb == "closePath":
            lines[-1].append(lines[-1][0])
    return lines


def cubic(a: tuple, b: tuple, c: tuple, d: tuple, steps: int = 14) -> list[tuple[float, float]]:
    """Points on a Bézier curve, without the first."""
    found = []
    for step in range(1, steps + 1):
        t = step / steps
        u = 1 - t
        weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
        found.append(tuple(sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1)))
    return found


def drawn(svg: str) -> BaseGeometry:
    """The drawing as one shape, on the grid of 24 with y downward."""
    return unary_union([dot_or_line(line) for line in strokes(svg)])


def dot_or_line(line: list[tuple[float, float]]) -> BaseGeometry:
    """A stroke; one of no length is a dot."""
    return widened(line if len(set(line)) > 1 else [line[0], (line[0][0] + 0.01, line[0][1])], 2)


def picture(name: str, lucide: Path) -> BaseGeometry:
    """A picture of the list, as a shape."""
    if name in icons.STRUCK:
        whole = picture(icons.STRUCK[name], lucide)
        return whole.difference(LineString([(3, 3), (21, 21)]).buffer(2.6)).union(widened([(3, 3), (21, 21)], 2))
    if name in icons.OWN:
        return drawn(f'<svg xmlns="http://www.w3.org/2000/svg"><path d="{icons.OWN[name]}"/></svg>')
    return drawn((lucide / "icons" / f"{icons.LUCIDE[name]}.svg").read_text())


def bake_icons(lucide: Path) -> None:
    """All pictures as one font whose letters are squares."""
    glyphs = {".notdef": TTGlyphPen(None).glyph()}
    for name in icons.NAMES:
        pen = TTGlyphPen(None)
        grown = affine_transform(picture(name, lucide), [1000 / 24, 0, 0, -1000 / 24, 0, 1000])
        trace(grown.simplify(0.8), pen)
        glyphs[name] = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({ord(icons.letter(name)): name for name in icons.NAMES})
    builder.setupGlyf(glyphs)
    shapes = builder.font["glyf"]
    builder.setupHorizontalMetrics({name: (1000, getattr(shapes[name], "xMin", 0)) for name in glyphs})
    builder.setupHorizontalHeader(ascent=1000, descent=0)
    builder.setupNameTable({"familyName": "Commons Kiosk Pictures", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=1000, sTypoDescender=0, usWinAscent=1000, usWinDescent=0)
    builder.setupPost()
    builder.save(OUT / "icons.ttf")
    report("icons.ttf", len(icons.NAMES), "pictures", (OUT / "icons.ttf").stat().st_size, "bytes")


def write_coverage() -> None:
    """Which characters the fonts hold, as ranges: so that nothing is drawn as an empty box."""
    written = []
    for name, file in {"latin": "regular.ttf", "arabic": "arabic-regular.ttf"}.items():
        ranges: list[list[int]] = []
        for code in sorted(TTFont(OUT / file).getBestCmap()):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
        written.append(f"{name} " + " ".join(f"{low:X}-{high:X}" for low, high in ranges))
    (OUT / "coverage.txt").write_text("\n".join(written) + "\n")


def main(atkinson: Path, lucide: Path, noto: Path) -> None:
    """Everything, in order: the Arabic files are made beside the Latin ones."""
    for weight in WEIGHTS:
        finish(latin(atkinson, weight), f"Commons Kiosk {weight.title()}", f"{weight}.ttf")
        if weight != "semibold":
            joined = arabic(noto, weight, OUT / f"{weight}.ttf")
            finish(joined, f"Commons Kiosk Arabic {weight.title()}", f"arabic-{weight}.ttf")
    bake_icons(lucide)
    write_coverage()


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
