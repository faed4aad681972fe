/**
 * One side of a local book: quantities by price tick, in pages of 1,024 ticks with a bitmap each. Setting a level is a
 * few array accesses wherever it lies; the best levels are found by walking the bitmap. (A sorted array would move
 * hundreds of levels for each that comes or goes.)
 *
 * Levels are addressed by a key that grows from better to worse on both sides: the tick for asks, minus the tick for bids.
 */
const PAGE_TICKS = 1024;
const WORDS = PAGE_TICKS / 32;
/** Pages a side, 8 KiB each. Past it the page furthest from the best price is forgotten: 65,536 ticks are kept. */
const PAGES_LIMIT = 64;
/** Decimals that a price may have; finer ones are rounded to it. */
const DECIMALS_LIMIT = 12;

interface Page {
  id: number;
  quantities: Float64Array;
  /** A bit for each tick that has a quantity. */
  used: Int32Array;
}

export interface PriceLadder {
  /** 1 for asks, −1 for bids. */
  readonly direction: 1 | -1;
  /** Ticks of one unit of price: 10 to the number of decimals seen so far. */
  scale: number;
  decimals: number;
  /** Ascending by id. */
  pages: Page[];
  /** Index of the page used last: levels come sorted. */
  recent: number;
  /** Key of the best level, Infinity when there is none. */
  best: number;
}

export function createPriceLadder(direction: 1 | -1): PriceLadder {
  return { direction, scale: 1, decimals: 0, pages: [], recent: 0, best: Number.POSITIVE_INFINITY };
}

export function clearLadder(ladder: PriceLadder): void {
  ladder.pages.length = 0;
  ladder.recent = 0;
  ladder.best = Number.POSITIVE_INFINITY;
}

/** Sets the first `count` levels of `levels`: price, quantity, price, quantity …; a quantity of 0 deletes. */
export function setLevels(ladder: PriceLadder, levels: Float64Array, count: number): void {
  const { direction } = ladder;
  let { scale, best } = ladder;
  let isBestGone = false;
  for (let index = 0; index < count; index++) {
    const price = levels[2 * index]!;
    const quantity = levels[2 * index + 1]!;
    if (!(price > 0)) continue;
    let tick = Math.round(price * scale);
    if (tick / scale !== price) {
      ladder.best = best;
      refine(ladder, price);
      scale = ladder.scale;
      best = ladder.best;
      tick = Math.round(price * scale);
    }
    const key = direction * tick;
    const id = Math.floor(key / PAGE_TICKS);
    const slot = key - id * PAGE_TICKS;
    let page = ladder.pages[ladder.recent];
    if (page === undefined || page.id !== id) {
      page = pageOf(ladder, id, quantity > 0);
      if (page === undefined) continue;
    }
    page.quantities[slot] = quantity;
    const word = slot >> 5;
    const bit = 1 << (slot & 31);
    if (quantity > 0) {
      page.used[word] = page.used[word]! | bit;
      if (key < best) {
        best = key;
        isBestGone = false;
      }
    } else {
      page.used[word] = page.used[word]! & ~bit;
      if (key === best) isBestGone = true;
    }
  }
  ladder.best = isBestGone ? firstKeyFrom(ladder, best) : best;
}

/**
 * Copies the best levels that are worse than `price` (all of them for NaN) into `into` from level `offset` on, up to
 * `limit` levels in all. Returns the number of levels that `into` then has.
 */
export function copyBest(
  ladder: PriceLadder,
  price: number,
  into: Float64Array,
  offset: number,
  limit: number,
): number {
  const { pages, direction, scale, best } = ladder;
  let count = offset;
  if (best === Number.POSITIVE_INFINITY || count >= limit) return count;
  const bound = Number.isNaN(price) ? best : Math.max(best, Math.floor(direction * price * scale + 0.5) + 1);
  let index = indexOfPage(pages, Math.floor(bound / PAGE_TICKS));
  for (; index < pages.length; index++) {
    const page = pages[index]!;
    const base = page.id * PAGE_TICKS;
    const from = bound > base ? bound - base : 0;
    if (from >= PAGE_TICKS) continue;
    for (let word = from >> 5; word < WORDS; word++) {
      let bits = page.used[word]!;
      if (word === from >> 5) bits &= -1 << (from & 31);
      while (bits !== 0) {
        const slot = (word << 5) + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        into[2 * count] = (direction * (base + slot)) / scale;
        into[2 * count + 1] = page.quantities[slot]!;
        if (++count === limit) return count;
      }
    }
  }
  return count;
}

/** The first used key at or after `from`, Infinity when there is none. */
function firstKeyFrom(ladder: PriceLadder, from: number): number {
  const { pages } = ladder;
  for (let index = indexOfPage(pages, Math.floor(from / PAGE_TICKS)); index < pages.length; index++) {
    const page = pages[index]!;
    const base = page.id * PAGE_TICKS;
    for (let word = 0; word < WORDS; word++) {
      const bits = page.used[word]!;
      if (bits !== 0) return base + (word << 5) + 31 - Math.clz32(bits & -bits);
    }
  }
  return Number.POSITIVE_INFINITY;
}

/** Index of the first page whose id is at least `id`. */
function indexOfPage(pages: readonly Page[], id: number): number {
  let low = 0;
  let high = pages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pages[middle]!.id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The page of an id; a new one when `create`, unless all pages are taken by better prices. */
function pageOf(ladder: PriceLadder, id: number, create: boolean): Page | undefined {
  const { pages } = ladder;
  const index = indexOfPage(pages, id);
  if (pages[index]?.id === id) {
    ladder.recent = index;
    return pages[index];
  }
  if (!create) return undefined;
  if (pages.length === PAGES_LIMIT) {
    if (index === PAGES_LIMIT) return undefined;
    pages.pop();
  }
  const page = { id, quantities: new Float64Array(PAGE_TICKS), used: new Int32Array(WORDS) };
  pages.splice(index, 0, page);
  ladder.recent = index;
  return page;
}

/** Makes ticks finer until `price` is one, or as fine as they get; then prices are rounded to them. */
export function refine(ladder: PriceLadder, price: number): void {
  let { decimals, scale } = ladder;
  while (decimals < DECIMALS_LIMIT && Math.round(price * scale) / scale !== price) scale = 10 ** ++decimals;
  if (decimals === ladder.decimals) return;
  const levels = new Float64Array(2 * ladder.pages.length * PAGE_TICKS);
  const count = copyBest(ladder, Number.NaN, levels, 0, ladder.pages.length * PAGE_TICKS);
  clearLadder(ladder);
  ladder.decimals = decimals;
  ladder.scale = scale;
  setLevels(ladder, levels, count);
}
