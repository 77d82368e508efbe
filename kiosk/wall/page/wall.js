// Listens to the feed and keeps the page true: what is drawn is the latest sheet, and old news is seen to be old.

import { draw } from "/draw.js";

const SETTLED = 60; // seconds; news that is older is no news
const TURN = 20; // seconds that each turn lasts, where not all has room at once; a page of a report stays as long
const AGAIN = 10; // seconds until a feed that was refused is asked for anew
const silence = document.getElementById("silence");
const root = document.documentElement;
const untitled = document.title;

let kit = null;
let sheet = null;
let drawn = "";
let turn = 0; // that is shown
let turning = false; // whether anything waits for another
let heard = null; // when the news was made: on the clock that never jumps, and on the one that goes on in sleep
const began = performance.now();

function news(age) {
  heard = age === null ? null : { mono: performance.now() - age * 1000, wall: Date.now() - age * 1000 };
}

function age() {
  if (heard === null) return sheet === null ? (performance.now() - began) / 1000 + SETTLED - AGAIN : Infinity;
  return Math.max(performance.now() - heard.mono, Date.now() - heard.wall) / 1000;
}

function look() {
  if (turning && turn !== turnNow()) redraw();
  const quiet = age() > SETTLED;
  if (quiet === root.classList.contains("quiet")) return;
  root.classList.toggle("quiet", quiet);
  silence.hidden = !quiet;
  redraw();
}

const turnNow = () => Math.floor(Date.now() / 1000 / TURN);

function redraw() {
  if (!kit || !sheet) return;
  turn = turnNow();
  turning = draw(sheet, kit, turn);
}

function show(next) {
  sheet = next;
  const face = next.face || {};
  document.getElementById("shop").textContent = face.shop || (face.frame && face.frame.title) || "";
  document.getElementById("day").textContent = face.day || "";
  document.getElementById("time").textContent = face.time || "";
  document.title = face.shop || untitled;
  // A minute more on the clock is no reason to lay everything out again.
  const rest = JSON.stringify({ ...next, face: next.face && { ...face, day: "", time: "" } });
  if (rest === drawn) return;
  drawn = rest;
  redraw();
}

function listen() {
  const feed = new EventSource("/feed");
  feed.addEventListener("kit", (event) => {
    const next = JSON.parse(event.data);
    if (kit && kit.version !== next.version) location.reload();
    kit = next;
  });
  feed.addEventListener("sheet", (event) => {
    const told = JSON.parse(event.data);
    news(told.age);
    silence.textContent = told.silent;
    show(told.sheet);
    look();
  });
  feed.addEventListener("beat", (event) => {
    const told = JSON.parse(event.data);
    news(told.age);
    silence.textContent = told.silent;
    look();
  });
  feed.addEventListener("error", () => {
    if (feed.readyState !== EventSource.CLOSED) return; // else it comes back by itself
    feed.close();
    setTimeout(listen, (AGAIN + Math.random() * AGAIN) * 1000);
  });
}

let waiting = 0;
addEventListener("resize", () => {
  clearTimeout(waiting);
  waiting = setTimeout(redraw, 100);
});
setInterval(look, 1000);
// What is measured before its letters are there would be measured wrong.
const FONTS = ["400 20px House", "600 20px House", "800 20px House", "20px Pictures"];
await Promise.allSettled(FONTS.map((font) => document.fonts.load(font)));
document.fonts.addEventListener("loadingdone", redraw);
listen();
