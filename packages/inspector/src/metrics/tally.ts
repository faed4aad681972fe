/** Different label values counted in one tally; further ones count as `other`. Codes and kinds are closed sets below it. */
const TALLY_LIMIT = 200;

/** Counts by label values. */
export interface Tally<Labels extends readonly string[]> {
  add(...labels: Labels): void;
  readings(): (readonly [labels: Labels, count: number])[];
}

export function createTally<Labels extends readonly string[]>(): Tally<Labels> {
  const counts = new Map<string, { labels: Labels; count: number }>();
  return {
    add(...given) {
      let labels = given;
      let counted = counts.get(keyOf(labels));
      if (counted === undefined) {
        if (counts.size >= TALLY_LIMIT) labels = given.map(() => 'other') as readonly string[] as Labels;
        counted = counts.get(keyOf(labels)) ?? { labels, count: 0 };
        counts.set(keyOf(labels), counted);
      }
      counted.count += 1;
    },
    readings: () => Array.from(counts.values(), ({ labels, count }) => [labels, count]),
  };
}

const keyOf = (labels: readonly string[]): string => labels.join('\n');
