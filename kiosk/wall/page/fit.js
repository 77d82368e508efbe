const STAYS = 1; // areas of this rank and below have their place in every turn

// Gives lists their room: first so many rows of each as it needs at least, the most important first, then more.
// An area says its rank (the lower, the sooner) and holds rows that are there or not; what is left out is counted.

// first: those that go before all but what always stays.
export function fitColumn(column, areas, first = []) {
  const over = () => column.scrollHeight > column.clientHeight + 1;
  const rank = (area) => (first.includes(area) ? Math.min(area.rank, STAYS + 0.5) : area.rank);
  const byRank = [...areas].sort((one, other) => rank(one) - rank(other));
  for (const area of areas) area.show(0);
  const kept = [];
  for (const area of byRank) {
    area.show(Math.min(area.least, area.count));
    while (over() && area.shown > 1) area.show(area.shown - 1);
    if (over()) area.show(0);
    else kept.push(area);
  }
  for (const area of kept) grow(area, over);
}

// What has no room at first has it in its turn: nobody can touch a page to see more. Says whether there are turns.
export function takeTurns(column, areas, turn) {
  const firsts = [[]];
  let unseen = areas.filter((area) => !area.shown);
  while (unseen.length) {
    fitColumn(column, areas, unseen);
    const still = unseen.filter((area) => !area.shown);
    if (still.length === unseen.length) break; // there is no room for it at all
    firsts.push(unseen);
    unseen = still;
  }
  if (firsts.length > 1 || unseen.length) fitColumn(column, areas, firsts[turn % firsts.length]);
  return firsts.length > 1;
}

// As many rows as fit; looked for by halves, since two hundred may wait.
function grow(area, over) {
  let fits = area.shown;
  let most = area.count;
  while (fits < most) {
    const tried = fits + Math.ceil((most - fits) / 2);
    area.show(tried);
    if (over()) most = tried - 1;
    else fits = tried;
  }
  if (area.shown !== fits) area.show(fits);
}

// Places at least a gap apart between two ends, as near as may be to where each wants to be, from the lowest number
// up; none where there is no room for so many. Neighbours that touch move as one heap.
export function apart(wanted, gap, low, high) {
  if ((wanted.length - 1) * gap > high - low) return [];
  const heaps = [];
  for (const want of wanted) {
    let start = Math.min(Math.max(want, low), high);
    let count = 1;
    while (heaps.length && heaps.at(-1).start + gap * heaps.at(-1).count > start) {
      const other = heaps.pop();
      start = (other.start * other.count + (start - gap * other.count) * count) / (other.count + count);
      count += other.count;
      start = Math.min(Math.max(start, low), high - gap * (count - 1));
    }
    heaps.push({ start, count });
  }
  return heaps.flatMap((heap) => Array.from({ length: heap.count }, (_, place) => heap.start + gap * place));
}
