// Gives lists their room: first so many rows of each as it needs at least, the most important first, then more.
// An area says its rank (the lower, the sooner) and holds rows that are there or not; what is left out is counted.

export function fitColumn(column, areas) {
  const over = () => column.scrollHeight > column.clientHeight + 1;
  const byRank = [...areas].sort((one, other) => one.rank - other.rank);
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
