/** Entry ids of Redis streams, `milliseconds-sequence`. */

export const FIRST_ID = '0-0';

const DASH = 45;

/** Below 0, 0 or above, as for sorting. No number is made of them: longer is larger, and in one length text is as good. */
export function compareIds(one: string, two: string): number {
  if (one === two) return 0;
  const dash = one.indexOf('-');
  if (two.charCodeAt(dash) !== DASH) return dash - two.indexOf('-');
  // Times of one length. Where they differ, the first difference decides, and it comes before the sequences.
  if (one.length === two.length) return one < two ? -1 : 1;
  for (let index = 0; index < dash; index++) {
    const difference = one.charCodeAt(index) - two.charCodeAt(index);
    if (difference !== 0) return difference;
  }
  return one.length - two.length;
}
