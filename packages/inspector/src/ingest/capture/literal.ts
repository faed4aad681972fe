/** Fixed text within a frame, compared in words: most of a frame's bytes are of this kind. */
export interface Literal {
  readonly length: number;
  /**
   * Eight bytes each, as doubles; the last overlaps the one before where the length is no multiple of eight. ASCII is
   * never NaN or −0 as a double, so equal numbers are equal bytes.
   */
  readonly words: Float64Array;
}

/** Fixed text of four to eight characters: its first and its last four bytes. */
export interface ShortLiteral {
  readonly length: number;
  readonly first: number;
  readonly last: number;
}

/** A piece of a capture, as bytes and as words. */
export interface Source {
  bytes: Uint8Array;
  view: DataView;
}

export function sourceOf(bytes: Uint8Array): Source {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/** `text` is ASCII of at least eight characters. */
export function literal(text: string): Literal {
  const { view } = sourceOf(new TextEncoder().encode(text));
  const length = view.byteLength;
  const words = Float64Array.from({ length: Math.ceil(length / 8) }, (_, index) =>
    view.getFloat64(Math.min(8 * index, length - 8), true),
  );
  return { length, words };
}

export function shortLiteral(text: string): ShortLiteral {
  const { view } = sourceOf(new TextEncoder().encode(text));
  const length = view.byteLength;
  return { length, first: view.getInt32(0, true), last: view.getInt32(length - 4, true) };
}

/** The position after the literal, −1 when something else stands there. A position of −1 goes through. */
export function skip({ view }: Source, at: number, { length, words }: Literal): number {
  if (at < 0 || at + length > view.byteLength) return -1;
  const last = words.length - 1;
  for (let index = 0; index < last; index++) {
    if (view.getFloat64(at + 8 * index, true) !== words[index]) return -1;
  }
  return view.getFloat64(at + length - 8, true) === words[last] ? at + length : -1;
}

/** As `skip`. Callers scan no line that is the last, so that what is read lies within the piece. */
export function skipShort({ view }: Source, at: number, { length, first, last }: ShortLiteral): number {
  if (at < 0) return -1;
  const isThere = view.getInt32(at, true) === first && view.getInt32(at + length - 4, true) === last;
  return isThere ? at + length : -1;
}
