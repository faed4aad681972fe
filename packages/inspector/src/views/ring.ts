/** The last `limit` things, oldest forgotten first. */
export interface Ring<T> {
  readonly size: number;
  push(item: T): void;
  /** From the newest to the oldest, until `visit` says false. */
  newestFirst(visit: (item: T) => boolean): void;
}

export function createRing<T>(limit: number): Ring<T> {
  const items: T[] = [];
  let next = 0;
  return {
    get size() {
      return items.length;
    },
    push(item) {
      items[next] = item;
      next = (next + 1) % limit;
    },
    newestFirst(visit) {
      for (let back = 1; back <= items.length; back += 1) {
        const item = items[(next - back + limit) % limit];
        if (item === undefined || !visit(item)) return;
      }
    },
  };
}

/** At most `count` of the newest that `matches`, the newest first. */
export function newestOf<T>(ring: Ring<T>, count: number, matches: (item: T) => boolean = () => true): T[] {
  const found: T[] = [];
  ring.newestFirst((item) => {
    if (matches(item)) found.push(item);
    return found.length < count;
  });
  return found;
}
