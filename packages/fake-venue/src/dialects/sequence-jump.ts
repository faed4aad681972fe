import type { FakeFaults } from '#venue/faults.ts';

/** How far sequence numbers jump when they are told to. */
const JUMP = 1000;

/** How many numbers the next book update of the symbol leaves out; counts `times` down. */
export function sequenceJump({ sequenceGap: gap }: FakeFaults, symbol: string): number {
  if (gap === false) return 0;
  if (gap === true) return JUMP;
  if (gap.symbol !== undefined && gap.symbol !== symbol) return 0;
  if (gap.times !== undefined && gap.times-- <= 0) return 0;
  return JUMP;
}
