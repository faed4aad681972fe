/** Entry ids of Redis streams, `milliseconds-sequence`. */

export const FIRST_ID = '0-0';

/** Below 0, 0 or above, as for sorting. Sequences past 2^53 are compared as text of one length. */
export function compareIds(one: string, two: string): number {
  if (one === two) return 0;
  const dashOne = one.indexOf('-');
  const dashTwo = two.indexOf('-');
  const byTime = Number(one.slice(0, dashOne)) - Number(two.slice(0, dashTwo));
  if (byTime !== 0) return byTime;
  const sequenceOne = one.slice(dashOne + 1);
  const sequenceTwo = two.slice(dashTwo + 1);
  if (sequenceOne.length !== sequenceTwo.length) return sequenceOne.length - sequenceTwo.length;
  return sequenceOne < sequenceTwo ? -1 : sequenceOne > sequenceTwo ? 1 : 0;
}
