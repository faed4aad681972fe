/** Percentiles and maximum of samples, never a mean. */
export interface Percentiles {
  n: number;
  p50: number;
  p99: number;
  p999: number;
  max: number;
}

/** Sorts `samples` in place. */
export function percentilesOf(samples: Float64Array): Percentiles {
  samples.sort();
  const at = (fraction: number) =>
    samples[Math.min(samples.length - 1, Math.floor(samples.length * fraction))] ?? Number.NaN;
  return { n: samples.length, p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
}

/** "n 1000, p50 1.2 µs, …" of samples in that unit. */
export function percentilesText(percentiles: Percentiles, unit: string): string {
  const { n, p50, p99, p999, max } = percentiles;
  const shown = (value: number) => `${value.toPrecision(3)} ${unit}`;
  return `n ${n}, p50 ${shown(p50)}, p99 ${shown(p99)}, p99.9 ${shown(p999)}, max ${shown(max)}`;
}
