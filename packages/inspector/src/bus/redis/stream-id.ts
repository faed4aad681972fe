/** Entry ids of Redis streams, `milliseconds-sequence`. */

export const FIRST_ID = '0-0';

const LARGEST_SEQUENCE = '18446744073709551615';

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

/** The largest id below this one. */
export function idBefore(id: string): string {
  const dash = id.indexOf('-');
  const time = id.slice(0, dash);
  const sequence = BigInt(id.slice(dash + 1));
  if (sequence > 0n) return `${time}-${sequence - 1n}`;
  return time === '0' ? FIRST_ID : `${Number(time) - 1}-${LARGEST_SEQUENCE}`;
}

export const isStreamId = (text: string): boolean => /^\d{1,16}-\d{1,20}$/.test(text);
