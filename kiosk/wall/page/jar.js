// The jar, full to its true level, with what is proposed as marks on the glass. Its shape comes from the kiosk.

import { apart } from "/fit.js";
import { el, leftward, more, svg } from "/draw.js";

const NEAR = 1.6; // how far from its height a name may stand, in lines
const STILL = matchMedia("(prefers-reduced-motion: reduce)");
let last = null; // the jar that was drawn before, so that its money is seen to come or go

export function drawJar(holder, fund, glass, kit) {
  const shape = kit.jar;
  const unit = parseFloat(getComputedStyle(holder).fontSize) / 20;
  const scale = Math.min(holder.clientWidth / 1000, holder.clientHeight / shape.high);
  if (!(scale > 0)) return;
  const wide = 1000 * scale;
  const left = (holder.clientWidth - wide) / 2;
  const top = (holder.clientHeight - shape.high * scale) / 2;
  const picture = svg("svg", { viewBox: `0 0 1000 ${shape.high}`, width: wide, height: shape.high * scale, "aria-hidden": "true" });
  picture.style.insetInlineStart = `${left}px`;
  if (leftward) picture.style.transform = "scaleX(-1)"; // as the whole wall
  picture.style.top = `${top}px`;
  const level = (part) => shape.foot - ((shape.foot - shape.top) * Math.min(1000, Math.max(0, part))) / 1000;
  const was = last !== null && last.fund === fund && last.level !== glass.level ? level(last.level) : null;
  last = { fund, level: glass.level };
  draw(picture, shape, level(glass.level), was, (3 * unit) / scale);
  holder.replaceChildren(picture);
  if (wide < 170 * unit) {
    for (const mark of glass.marks) tick(picture, shape, level(mark.height), (20 * unit) / scale, unit / scale);
    return;
  }
  const room = { shape, scale, left, top, unit, inset: left + wide * 0.065, wide };
  const one = write(holder, picture, glass.marks, { ...room, lines: 1 }, level, kit);
  if (!one.cut) return;
  // A price below its name leaves more of the name, where as many have room so.
  const two = write(holder, picture, glass.marks, { ...room, lines: 2 }, level, kit);
  if (two.missing > one.missing || two.cut >= one.cut) write(holder, picture, glass.marks, { ...room, lines: 1 }, level, kit);
}

// All names on the glass, in so many lines each; says how many are not whole, and how many are not there.
function write(holder, picture, marks, room, level, kit) {
  const { shape, scale, top, unit, inset, wide } = room;
  holder.replaceChildren(picture);
  for (const each of picture.querySelectorAll(".leader")) each.remove();
  const names = named(marks, (part) => top + level(part) * scale, unit, top + shape.top * scale, top + shape.foot * scale, room.lines);
  for (const name of names.shown) label(holder, picture, name, room);
  if (names.missing) {
    const others = el("div", "mark", more(names.missing, kit));
    place(others, inset, names.more - 12 * unit, wide * 0.8);
    holder.append(others);
  }
  const cut = [...holder.querySelectorAll(".title")].filter((each) => each.scrollWidth > each.clientWidth).length;
  return { cut, missing: names.missing };
}

function draw(picture, shape, height, was, thick) {
  const outline = "M" + shape.outline.map((point) => point.join(" ")).join("L");
  const clip = svg("clipPath", { id: "inside" });
  clip.append(svg("path", { d: outline + "Z" }));
  const money = svg("g", { "clip-path": "url(#inside)" });
  const deep = Math.max(0, shape.foot - height);
  money.append(svg("rect", { class: "body-of-glass", x: 0, y: shape.top, width: 1000, height: shape.foot - shape.top }));
  const poured = svg("g", {});
  poured.append(svg("rect", { class: "money", x: 0, y: height, width: 1000, height: deep && 2000 }));
  poured.append(svg("rect", { class: "surface", x: 0, y: height, width: 1000, height: Math.min(35, deep) }));
  money.append(poured);
  for (const [x, y, radius] of shape.coins) {
    if (y - radius > height + 35) money.append(svg("circle", { class: "coin", cx: x, cy: y, r: radius }));
  }
  picture.append(clip, money, svg("path", { class: "outline", d: outline, "stroke-width": Math.max(thick, 20), "stroke-linejoin": "round" }));
  const [x, y, width, high] = shape.lid;
  picture.append(svg("rect", { class: "lid", x, y, width, height: high, rx: high * 0.3 }));
  if (was === null || STILL.matches) return;
  poured.animate([{ transform: `translateY(${was - height}px)` }, { transform: "none" }], { duration: 380, easing: "ease-in-out" });
}

// The cheaper ones go first, because the jar reaches them first; each near its height, none over another.
function named(marks, at, unit, top, foot, lines) {
  const line = (2 + 24 * lines) * unit;
  const [low, high] = [top + 14 * unit + line / 2, foot - 8 * unit - line / 2];
  const byHeight = [...marks].sort((one, other) => one.height - other.height);
  const choose = (ceiling) => {
    let chosen = [];
    let places = [];
    for (const mark of byHeight) {
      // From the top of the screen down the dearest comes first.
      const tried = [mark, ...chosen];
      const wanted = tried.map((each) => at(each.height));
      const found = apart(wanted, line, ceiling, high);
      if (found.length && found.every((each, index) => Math.abs(each - wanted[index]) <= 26 * unit * NEAR)) {
        chosen = tried;
        places = found;
      }
    }
    return chosen.map((mark, index) => ({ mark, middle: places[index], height: at(mark.height) }));
  };
  const all = choose(low);
  if (all.length === marks.length) return { shown: all, missing: 0, more: 0 };
  const shown = choose(low + line);
  return { shown, missing: marks.length - shown.length, more: low };
}

function label(holder, picture, name, room) {
  const { shape, scale, left, top, unit, inset, wide } = room;
  const mark = el("div", room.lines > 1 ? "mark two" : "mark", el("bdi", "title", name.mark.title), el("span", "price", name.mark.price));
  place(mark, inset, name.middle - 12 * room.lines * unit, wide * 0.935 - (wide / 2 - sideAt(shape, (name.middle - top) / scale) * scale) - 30 * unit);
  holder.append(mark);
  const widths = [...mark.children].map((child) => child.getBoundingClientRect().width);
  const width = room.lines > 1 ? Math.max(...widths) : widths.reduce((sum, each) => sum + each, 0) + 6 * unit;
  const height = Math.min((name.height - top) / scale, shape.foot - 50);
  const middle = (name.middle - top) / scale;
  const edge = 500 + sideAt(shape, height) - 8;
  const start = (inset - left + width + 8 * unit) / scale;
  const tick = edge - (14 * unit) / scale;
  const bend = Math.max(start, tick - (12 * unit) / scale);
  const points = [[start, middle], [bend, middle], [tick, height], [edge, height]];
  picture.append(svg("polyline", { class: "leader", points: points.map((each) => each.join(",")).join(" "), "stroke-width": (1.5 * unit) / scale }));
}

// Where there is no room for names, only how high each is.
function tick(picture, shape, level, long, unit) {
  const height = Math.min(level, shape.foot - 50);
  const edge = 500 + sideAt(shape, height) - 8;
  picture.append(svg("polyline", { class: "leader", points: `${edge - long},${height} ${edge},${height}`, "stroke-width": 2 * unit }));
}

function sideAt(shape, height) {
  const side = shape.side;
  for (let index = 1; index < side.length; index++) {
    const [[lowOut, low], [highOut, high]] = [side[index - 1], side[index]];
    if (height <= low && height >= high && low > high) return lowOut + ((highOut - lowOut) * (low - height)) / (low - high);
  }
  return side.at(-1)[0];
}

function place(mark, start, top, most) {
  mark.style.insetInlineStart = `${start}px`;
  mark.style.top = `${top}px`;
  mark.style.maxWidth = `${most}px`;
}
