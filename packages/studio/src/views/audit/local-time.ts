const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** A moment as a `datetime-local` field has it, in the reader's zone; empty for null. */
export function toLocalField(ts: number | null): string {
  if (ts === null) return '';
  const at = new Date(ts);
  const day = [at.getFullYear(), twoDigits(at.getMonth() + 1), twoDigits(at.getDate())].join('-');
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(':');
  return `${day}T${clock}`;
}

/** The moment that such a field names; null when it names none. `isEnd`: the last ms of what it names. */
export function fromLocalField(text: string, { isEnd = false }: { isEnd?: boolean } = {}): number | null {
  if (text === '') return null;
  const ts = new Date(text).getTime();
  if (!Number.isFinite(ts) || ts < 0) return null;
  const withSeconds = text.split(':').length > 2;
  return isEnd ? ts + (withSeconds ? 999 : 59_999) : ts;
}
