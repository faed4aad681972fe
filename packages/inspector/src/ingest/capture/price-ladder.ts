/**
 * One side of a local book: quantities by price tick, in pages of 1,024 ticks with a bitmap each. Setting a level is a
 * few array accesses wherever it lies; the best levels are found by walking the bitmap. (A sorted array would move
 * hundreds of levels for each that comes or goes.)
 *
 * Levels are addressed by a key that grows from better to worse on both sides: the tick for asks, minus the tick for bids.
 * Keys are int32: the page is `key >> 10`, the place in it `key & 1023`.
 */
const PAGE_BITS = 10;
const PAGE_TICKS = 1 << PAGE_BITS;
const SLOT_MASK = PAGE_TICKS - 1;
const WORDS = PAGE_TICKS / 32;
/** Pages a side, 8 KiB each. Past it the page furthest from the best price is forgotten: 65,536 ticks are kept. */
const PAGES_LIMIT = 64;
const INITIAL_PAGES = 4;
/** Decimals that a price may have; finer ones are rounded to it. */
const DECIMALS_LIMIT = 12;
/** Ticks that a price may have, so that keys stay int32. A level above is not kept: it lies far beyond any real market. */
const TICKS_LIMIT = 2_000_000_000;
/** How far from a whole tick a price on it may come out by rounding alone, relative to it: price and product, half an ulp each. */
const ROUNDING = 2.5e-16;
/** The best key of a side without levels: worse than any. */
const NONE = 0x7fffffff;

interface Page {
  id: number;
  /** Which page of the arrays it has. */
  place: number;
}

export interface PriceLadder {
  /** 1 for asks, −1 for bids. */
  readonly direction: 1 | -1;
  /** Ticks of one unit of price: 10 to the number of decimals seen so far. */
  scale: number;
  decimals: number;
  /** Ascending by id. */
  pages: Page[];
  /** All pages' quantities, one page after the other. */
  quantities: Float64Array;
  /** All pages' bitmaps: a bit for each tick that has a quantity. */
  used: Int32Array;
  /** Key of the best level, `NONE` when there is none. */
  best: number;
}

export function createPriceLadder(direction: 1 | -1): PriceLadder {
  const quantities = new Float64Array(INITIAL_PAGES * PAGE_TICKS);
  const used = new Int32Array(INITIAL_PAGES * WORDS);
  return { direction, scale: 1, decimals: 0, pages: [], quantities, used, best: NONE };
}

export function clearLadder(ladder: PriceLadder): void {
  ladder.pages.length = 0;
  ladder.used.fill(0);
  ladder.best = NONE;
}

/** Sets the first `count` levels of `levels`: price, quantity, price, quantity …; a quantity of 0 deletes. */
export function setLevels(ladder: PriceLadder, levels: Float64Array, count: number): void {
  const { direction } = ladder;
  let { scale, best, quantities, used } = ladder;
  let isBestGone = false;
  // Levels come sorted, so the page is mostly the one of the level before.
  let recentId = NONE;
  let place = 0;
  for (let index = 0; index < count; index++) {
    const price = levels[2 * index]!;
    const quantity = levels[2 * index + 1]!;
    const ticks = price * scale;
    if (!(price > 0 && ticks < TICKS_LIMIT)) continue;
    let tick = (ticks + 0.5) | 0;
    const error = ticks - tick;
    const tolerance = ticks * ROUNDING;
    if (error > tolerance || error < -tolerance) {
      ladder.best = best;
      refine(ladder, price);
      scale = ladder.scale;
      best = ladder.best;
      recentId = NONE;
      tick = (price * scale + 0.5) | 0;
    }
    const key = direction * tick;
    const id = key >> PAGE_BITS;
    if (id !== recentId) {
      place = placeOf(ladder, id, quantity > 0);
      recentId = place < 0 ? NONE : id;
      if (place < 0) continue;
      quantities = ladder.quantities;
      used = ladder.used;
    }
    const slot = key & SLOT_MASK;
    quantities[(place << PAGE_BITS) + slot] = quantity;
    const word = place * WORDS + (slot >> 5);
    const bit = 1 << (slot & 31);
    if (quantity > 0) {
      used[word] = used[word]! | bit;
      if (key < best) {
        best = key;
        isBestGone = false;
      }
    } else {
      used[word] = used[word]! & ~bit;
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
  const { pages, quantities, used, direction, scale, best } = ladder;
  let count = offset;
  if (best === NONE || count >= limit) return count;
  const bound = Number.isNaN(price) ? best : Math.max(best, direction * ((price * scale + 0.5) | 0) + 1);
  let index = indexOfPage(pages, bound >> PAGE_BITS);
  for (; index < pages.length; index++) {
    const page = pages[index]!;
    const base = page.id * PAGE_TICKS;
    const from = bound > base ? bound - base : 0;
    if (from >= PAGE_TICKS) continue;
    const firstWord = page.place * WORDS;
    for (let word = from >> 5; word < WORDS; word++) {
      let bits = used[firstWord + word]!;
      if (word === from >> 5) bits &= -1 << (from & 31);
      while (bits !== 0) {
        const slot = (word << 5) + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        into[2 * count] = (direction * (base + slot)) / scale;
        into[2 * count + 1] = quantities[(page.place << PAGE_BITS) + slot]!;
        if (++count === limit) return count;
      }
    }
  }
  return count;
}

/** The first used key at or after `from`, `NONE` when there is none. */
function firstKeyFrom(ladder: PriceLadder, from: number): number {
  const { pages, used } = ladder;
  for (let index = indexOfPage(pages, from >> PAGE_BITS); index < pages.length; index++) {
    const page = pages[index]!;
    const base = page.id * PAGE_TICKS;
    for (let word = 0; word < WORDS; word++) {
      const bits = used[page.place * WORDS + word]!;
      if (bits !== 0) return base + (word << 5) + 31 - Math.clz32(bits & -bits);
    }
  }
  return NONE;
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

/** Where the page of an id lies; a new one when `create`. −1 for none, and when better prices have taken all pages. */
function placeOf(ladder: PriceLadder, id: number, create: boolean): number {
  const { pages } = ladder;
  const index = indexOfPage(pages, id);
  const known = pages[index];
  if (known?.id === id) return known.place;
  if (!create || index === PAGES_LIMIT) return -1;
  const place = freePlace(ladder);
  pages.splice(index, 0, { id, place });
  return place;
}

/** An empty page: the next one, or, when all are in use, that of the worst prices. */
function freePlace(ladder: PriceLadder): number {
  const { pages } = ladder;
  if (pages.length === PAGES_LIMIT) {
    const { place } = pages.pop()!;
    ladder.used.fill(0, place * WORDS, (place + 1) * WORDS);
    return place;
  }
  const place = pages.length;
  if ((place + 1) * WORDS > ladder.used.length) {
    const { quantities, used } = ladder;
    ladder.quantities = new Float64Array(2 * quantities.length);
    ladder.quantities.set(quantities);
    ladder.used = new Int32Array(2 * used.length);
    ladder.used.set(used);
  }
  return place;
}

/** Makes ticks finer until `price` is one, or as fine as they get; then prices are rounded to them. */
export function refine(ladder: PriceLadder, price: number): void {
  let { decimals, scale } = ladder;
  while (decimals < DECIMALS_LIMIT && !isOnTick(price, scale) && price * scale * 10 < TICKS_LIMIT) {
    scale = 10 ** ++decimals;
  }
  if (decimals === ladder.decimals) return;
  const levels = new Float64Array(2 * ladder.pages.length * PAGE_TICKS);
  const count = copyBest(ladder, Number.NaN, levels, 0, ladder.pages.length * PAGE_TICKS);
  clearLadder(ladder);
  ladder.decimals = decimals;
  ladder.scale = scale;
  setLevels(ladder, levels, count);
}

function isOnTick(price: number, scale: number): boolean {
  const ticks = price * scale;
  return Math.abs(ticks - Math.round(ticks)) <= ticks * ROUNDING;
}
