/**
 * Id of the event that was published for an audit record: a version 8 UUID of the record's place in the trail, so that the
 * same event is known again, whether it came live or from the trail.
 */
export function eventIdOfRecord(seq: number, epoch: number): string {
  const [a, b] = [seq.toString(16).padStart(14, '0'), epoch.toString(16).padStart(12, '0')];
  return `${a.slice(0, 8)}-${a.slice(8, 12)}-8${a.slice(12, 14)}0-8000-${b.slice(-12)}`;
}
