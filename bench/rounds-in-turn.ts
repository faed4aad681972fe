import { median, perSecondText, type Rounds } from './rounds.ts';

export interface TimedRoundsPlan {
  warmups: number;
  rounds: number;
  /** What a round of each gave, in units of work a second. */
  candidate(): Promise<number>;
  peer(): Promise<number>;
}

/** As `measureRounds`, where the work of a round is asynchronous and measures itself. */
export async function roundsInTurn({ warmups, rounds, candidate, peer }: TimedRoundsPlan): Promise<Rounds> {
  const own: number[] = [];
  const others: number[] = [];
  for (let round = 0; round < warmups + rounds; round++) {
    const a = await candidate();
    const b = await peer();
    if (round < warmups) continue;
    own.push(a);
    others.push(b);
  }
  const spread = (values: readonly number[]) =>
    `${perSecondText(Math.min(...values))} to ${perSecondText(Math.max(...values))}`;
  return {
    perSecond: median(own),
    peerPerSecond: median(others),
    ratio: median(own.map((value, index) => value / others[index]!)),
    rounds: `${rounds} rounds after ${warmups} to warm up: ${spread(own)} against ${spread(others)}`,
  };
}
