// Draws a sheet. Words from people are text and never markup; each finds its own direction.

import { drawJar } from "/jar.js";
import { fitColumn, takeTurns } from "/fit.js";

const SVG = "http://www.w3.org/2000/svg";
const wall = document.getElementById("wall");
const root = document.documentElement;
export const leftward = root.dir === "rtl";
const THEN = leftward ? " ← " : " → "; // from the one to the other, the way one reads
const number = new Intl.PluralRules(root.lang);

export function el(tag, kind, ...inner) {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  made.append(...inner.filter((each) => each !== "" && each !== null && each !== undefined));
  return made;
}

export function svg(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

// A line of words, or nothing where there are none.
function said(kind, words) {
  if (!words) return "";
  const made = el("p", kind, words);
  made.dir = /\p{L}/u.test(words) ? "auto" : root.dir; // figures alone run as the wall does
  return made;
}

// Parts in one line, the most important first: those that have no room are left out.
function parts(kind, list) {
  return el("p", `${kind} parts`, ...list.filter(Boolean).map((part) => el("span", "", part)));
}

// "Amina → Jo": each name in its own direction, the arrow always from the one to the other.
function chain(tag, kind, words) {
  const made = el(tag, kind);
  words.split(THEN).forEach((name, index) => {
    if (index) made.append(THEN);
    made.append(el("bdi", "", name));
  });
  return made;
}

function icon(name, kit, kind = "") {
  const made = el("i", `icon ${kind}`, name === " " ? name : kit.letters[name] || kit.letters.other);
  if (kit.turned.includes(name)) made.classList.add("turned");
  made.setAttribute("aria-hidden", "true");
  return made;
}

// How many are not shown.
export function more(count, kit) {
  return (kit.more[number.select(count)] || kit.more.other).replace("{n}", count);
}

const capital = (words) => words.slice(0, 1).toUpperCase() + words.slice(1);

// turn: a number that grows, for what has no room all the time. Says whether anything waits for its turn.
export function draw(sheet, kit, turn) {
  const small = innerWidth < 600 || innerHeight < 400 || Math.max(innerWidth, innerHeight) < 1000;
  document.body.classList.toggle("small", small);
  if (sheet.kind === "wall") return drawWall(sheet, kit, small, turn);
  drawWelcome(sheet);
  return false;
}

function drawWelcome(sheet) {
  wall.className = "welcome";
  const face = sheet.face;
  if (!face) {
    wall.replaceChildren();
    return;
  }
  const dots = el("div", "dots");
  for (let dot = 0; dot < face.dots; dot++) dots.append(el("i", dot < face.dots_filled ? "filled" : ""));
  wall.replaceChildren(said("words", face.words), dots, said("soft", face.names.join(", ")));
}

// A page of a report, by turns with the wall: what is wrong stays below it.
function drawReport(sheet, kit) {
  const { report, alarms: wrong } = sheet.face;
  const rows = (report.rows || []).map((row) => {
    const words = el("div", "", said(row.strong ? "strong" : "", row.words), said("soft", row.more));
    return el("li", "", words, said("value", row.value));
  });
  const figures = rows.length ? el("ul", "figures", ...rows) : said("soft", report.none);
  const shown = [el("div", "told", figures)];
  if (sheet.chart) {
    const picture = el("img", "");
    picture.src = `/chart/${sheet.chart}.svg`;
    picture.alt = "";
    shown.push(el("div", "drawn", picture));
  }
  wall.className = `report ${innerHeight > innerWidth ? "standing" : "lying"}`;
  const head = el("div", "heading", el("h2", "", report.title), said("soft", report.head));
  wall.replaceChildren(head, said("soft", [report.note, report.late].filter(Boolean).join(" ")), el("div", "page", ...shown), ...(wrong.length ? [alarms(sheet.face, kit)] : []));
}

function drawWall(sheet, kit, small, turn) {
  const { face } = sheet;
  if (face.report && !small) {
    drawReport(sheet, kit);
    return false;
  }
  const standing = innerHeight > innerWidth;
  const hours = [summary(face), balances(face, sheet.amounts, kit)];
  const circle = [points("decided", withoutFriday(face), 3, kit), points("doing", face.doing, 3, kit), points("news", face.news, 3, kit)];
  const board = [recent(face, kit), notices(face, kit), clocks(face, kit)];
  const out = points("tools", face.tools, 4, kit);
  const pinned = [poster(face, sheet, kit), seal(face, sheet, kit)];
  const told = circle.some((area) => area.count);
  const columns = [hours, told ? [pinned[0], ...circle, out] : [], told ? [...board, pinned[1]] : [...pinned, ...board, out]];
  const filled = columns.map((areas) => areas.filter((area) => area.count)).filter((areas) => areas.length);
  const boxes = filled.map((areas) => el("section", "column", ...areas.map((area) => area.box)));

  wall.className = [standing ? "standing" : "lying", face.jar ? "" : "jarless", (face.duties || []).length ? "" : "dutyless", filled.length === 1 ? "bare" : "",
    filled.length === 1 && !face.balances.length ? "alone" : ""].filter(Boolean).join(" ");
  const shown = [];
  const glass = face.jar ? el("div", "glass") : null;
  if (face.jar) shown.push(jar(face.jar, glass));
  if (face.duties && face.duties.length) shown.push(duties(face, kit));
  if (standing && boxes.length) shown.push(boxes.shift());
  if (boxes.length) shown.push(el("div", "columns", ...boxes));
  if (face.alarms.length) shown.push(alarms(face, kit));
  wall.replaceChildren(...shown);
  if (glass) drawJar(glass, face.jar.fund, face.jar.glass, kit);
  if (small) {
    for (const area of filled.flat()) area.show(area.count);
    return false;
  }
  return filled.map((areas) => fit(areas, turn)).some(Boolean);
}

// What the poster says already is not decided twice.
function withoutFriday(face) {
  const decided = face.decided || [];
  if (!face.poster || !face.poster.short) return decided;
  const friday = JSON.stringify(face.poster.short);
  return decided.filter((point) => JSON.stringify(point) !== friday);
}

// What has no room as it is may have a shorter way to say it, in the place of what says the rest of it.
function fit(areas, turn) {
  const column = areas[0].box.parentElement;
  fitColumn(column, areas);
  const long = areas.find((area) => !area.shown && area.instead);
  if (!long) return takeTurns(column, areas, turn);
  long.box.replaceWith(long.instead.box);
  const replaced = areas.filter((area) => area !== long && area.kind === long.instead.kind);
  for (const area of replaced) area.box.remove();
  const shorter = areas.filter((area) => !replaced.includes(area)).map((area) => (area === long ? long.instead : area));
  fitColumn(column, shorter);
  return takeTurns(column, shorter, turn);
}

// --- areas: a heading and rows, of which as many are shown as have room ---

function area(kind, rank, heading, rows, kit, least = 1, choose = null) {
  const list = el("ul", "");
  const rest = el("p", "more");
  const box = el("div", `area ${kind}`, heading ? el("h2", "", heading) : "", list, rest);
  box.hidden = true;
  const show = (count) => {
    made.shown = count;
    box.hidden = !count;
    list.replaceChildren(...(choose ? choose(count) : rows.slice(0, count)));
    rest.hidden = count >= rows.length;
    rest.textContent = kit ? more(rows.length - count, kit) : "";
  };
  const made = { box, kind, rank, least, count: rows.length, shown: 0, show, instead: null };
  return made;
}

function row(kit, name, kind, ...lines) {
  const text = el("div", "", ...lines);
  return name ? el("li", "row", icon(name, kit, kind), text) : el("li", "row plain", text);
}

function summary(face) {
  const words = el("li", "", said("swapped", capital(face.swapped)), said("sum-words", face.sum_words));
  return area("summary", 0, "", [words]);
}

function balances(face, amounts, kit) {
  const rows = face.balances.map(([name, minutes], index) => {
    const label = el("span", "name", name);
    label.dir = "auto";
    const bar = el("span", "bar", el("i", ""), el("b", ""));
    const part = Math.min(50, (Math.abs(minutes) * 50) / face.hard);
    bar.firstChild.style.width = `${part}%`;
    bar.firstChild.style.insetInlineStart = minutes < 0 ? `${50 - part}%` : "50%";
    return el("li", "", label, bar, el("span", "amount", amounts[index]));
  });
  // Where not all have room, those furthest from even are shown, in their order.
  const far = face.balances.map(([, minutes], index) => [Math.abs(minutes), index]).sort((one, other) => other[0] - one[0]);
  const choose = (count) => far.slice(0, count).map(([, index]) => index).sort((one, other) => one - other).map((index) => rows[index]);
  return area("balances", 1, "", rows, kit, 3, choose);
}

function points(kind, list, rank, kit, least = 1) {
  const marked = (list || []).some((point) => point.mark); // then all words stand under each other
  const rows = (list || []).map((point) => {
    const words = el("p", "words clamp");
    words.dir = "auto";
    if (point.who) words.append(el("bdi", "", point.who), ": ");
    words.append(el("bdi", "", point.words));
    return row(kit, point.mark || (marked ? " " : ""), point.mark === "check" || point.mark === "warning" ? point.mark : "ink", words, said("told", point.told));
  });
  return area(kind, rank, kit.words[kind], rows, kit, least);
}

function recent(face, kit) {
  const rows = face.recent.map((line) => {
    const told = parts("told", [line.amount, line.who ? line.work : "", line.mark || line.when]);
    return row(kit, line.icon, "", chain("p", "words clamp", line.who || line.work), told);
  });
  return area("recent", 3, kit.words.recent, rows, kit, 1);
}

// A need, an offer, a need …: so that both are seen where few have room.
function bothSides(notices) {
  const sides = ["need", "offer"].map((side) => notices.filter((each) => each.side === side));
  return notices.flatMap((_, index) => sides.map((side) => side[index])).filter(Boolean);
}

function notices(face, kit) {
  const rows = bothSides(face.notices).map((each) => {
    const words = said("words clamp", each.words || each.work);
    const told = el("p", "told", el("bdi", "", each.who), " · ", el("bdi", "", each.until));
    return row(kit, each.icon, "", words, told, said("match", each.match));
  });
  return area("notices", 3, kit.words.notices, rows, kit, 2);
}

function clocks(face, kit) {
  const rows = face.clocks.map((words) => row(kit, "clock", "", said("words clamp", words)));
  return area("clocks", 5, kit.words.clocks, rows, kit, 1);
}

// --- what hangs for some days: the latest Friday, and the seal of the record ---

function code(sheet, text, ...words) {
  const known = (sheet.codes || {})[text];
  if (!known) return el("div", "", ...words);
  const quiet = 4; // light squares around the code (ISO/IEC 18004)
  const wide = known.wide + 2 * quiet;
  const picture = svg("svg", { viewBox: `0 0 ${wide} ${wide}`, "shape-rendering": "crispEdges", role: "img" });
  // Whole dots for each square, as many as a camera needs: three, or four on a large wall.
  const unit = Math.max(1, Math.min(Math.max(innerWidth, innerHeight) / 1200, Math.min(innerWidth, innerHeight) / 675));
  const dots = Math.max(unit < 1.5 ? 3 : 4, Math.round((144 * unit) / wide));
  picture.style.width = picture.style.height = `${dots * wide}px`;
  const runs = known.dark.map(([line, column, count]) => `M${column + quiet} ${line + quiet}h${count}v1h-${count}z`);
  picture.append(svg("path", { d: runs.join("") }));
  return el("div", "code", picture, el("div", "", ...words));
}

function seal(face, sheet, kit) {
  const found = face.seal;
  const rows = found ? [el("li", "", code(sheet, found.code, said("words", found.words), said("soft", found.told)))] : [];
  return area("seal", 1, "", rows, kit);
}

function poster(face, sheet, kit) {
  const found = face.poster;
  if (!found) return area("poster", 1, "", [], kit);
  const priced = [...(found.bought || []), ...(found.rest || [])].map((each) => {
    const words = said("", each.words);
    return el("div", "priced", words, el("span", "price", each.price), said("soft", each.told));
  });
  const head = said("head", [found.head, found.sum].filter(Boolean).join(" · "));
  const told = code(sheet, found.code, said("soft", found.code_words));
  const whole = area("poster", 1, "", [el("li", "friday", head, said("soft", found.who), ...priced, told)], kit);
  if (found.short) whole.instead = points("decided", [...withoutFriday(face), found.short], 1, kit, 2);
  return whole;
}

// --- the rest ---

function jar(found, glass) {
  const sum = said("sum", found.glass.sum);
  if (found.glass.sum.length > 11) sum.classList.add("longer");
  else if (found.glass.sum.length > 8) sum.classList.add("long");
  return el("section", "jar", said("fund", found.fund), sum, said("soft", found.what), glass, said("soft", found.foot));
}

function duties(face, kit) {
  // Late ones first; two lines of them at most.
  const sorted = [...face.duties].sort((one, other) => Number(other.late) - Number(one.late));
  const cards = sorted.map((held) => {
    const names = el("p", "chain clamp", el("bdi", "", held.holder || kit.words.nobody));
    if (held.next) names.append(el("span", "then", THEN, el("bdi", "", held.next)));
    const until = parts("soft until", [held.until, held.note]);
    return el("div", held.late ? "duty late" : "duty", said("soft", held.duty), names, until);
  });
  return el("section", "duties", ...cards);
}

const ALARMS = 2; // in whole words at once; of the others, how many

function alarms(face, kit) {
  const shown = face.alarms.slice(0, ALARMS);
  const rows = shown.map((alarm) =>
    el("li", "", said("words clamp", [alarm.words, alarm.since].filter(Boolean).join(" · ")), said("mend clamp", alarm.mend)));
  const left = face.alarms.length - shown.length;
  const others = left ? el("span", "more", more(left, kit)) : "";
  return el("section", "alarms", icon("warning", kit), el("ul", shown.length > 1 ? "several" : "", ...rows), others);
}
