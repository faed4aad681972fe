/**
 * Rounds of candidate and peer in turn (A B A B …), so that what else the machine does falls on both alike.
 * The ratio is the median of the rounds' own ratios: neighbours in time are compared, not far-off bests.
 */
export interface Rounds {
  /** Median of the candidate, units of work a second. */
  perSecond: number;
  peerPerSecond: number;
  /** Candidate by peer. */
  ratio: number;
  rounds: string;
}

export interface RoundsPlan {
  warmups: number;
  rounds: number;
  /** Units of work of one call of `candidate`, and of one of `peer`. */
  work: number;
  peerWork?: number;
  candidate(): unknown;
  peer(): unknown;
}

export function measureRounds(plan: RoundsPlan): Rounds {
  for (let round = 0; round < plan.warmups; round++) {
    plan.candidate();
    plan.peer();
  }
  const own: number[] = [];
  const peer: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < plan.rounds; round++) {
    const a = rate(plan.work, plan.candidate);
    const b = rate(plan.peerWork ?? plan.work, plan.peer);
    own.push(a);
    peer.push(b);
    ratios.push(a / b);
  }
  return {
    perSecond: median(own),
    peerPerSecond: median(peer),
    ratio: median(ratios),
    rounds: `${plan.rounds} rounds after ${plan.warmups} to warm up, ${plan.work} each: ${spread(own)} against ${spread(peer)}`,
  };
}

/** Units a second of one call. */
export function rate(work: number, run: () => unknown): number {
  const begun = performance.now();
  run();
  return (work * 1000) / (performance.now() - begun);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

function spread(values: readonly number[]): string {
  return `${perSecondText(Math.min(...values))} to ${perSecondText(Math.max(...values))}`;
}

/** 1234567 → "1.23 M/s" */
export function perSecondText(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toPrecision(3)} M/s`;
  if (value >= 1e3) return `${(value / 1e3).toPrecision(3)} K/s`;
  return `${value.toPrecision(3)} /s`;
}
