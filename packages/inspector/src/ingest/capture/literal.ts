/**
 * Fixed text within a frame, compared four bytes at a time. The last word overlaps the one before where the length is
 * no multiple of four.
 */
export interface Literal {
  readonly length: number;
  readonly words: Int32Array;
  readonly offsets: Int32Array;
}

/** A piece of a capture, as bytes and as words. */
export interface Source {
  bytes: Uint8Array;
  view: DataView;
}

export function sourceOf(bytes: Uint8Array): Source {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/** `text` is ASCII of at least four characters. */
export function literal(text: string): Literal {
  const { bytes, view } = sourceOf(new TextEncoder().encode(text));
  const { length } = bytes;
  const count = Math.ceil(length / 4);
  const offsets = Int32Array.from({ length: count }, (_, index) => Math.min(4 * index, length - 4));
  return { length, offsets, words: offsets.map((offset) => view.getInt32(offset, true)) };
}

/** The position after the literal, −1 when something else stands there. A position of −1 goes through. */
export function skip({ view }: Source, at: number, { length, words, offsets }: Literal): number {
  if (at < 0 || at + length > view.byteLength) return -1;
  for (let index = 0; index < words.length; index++) {
    if (view.getInt32(at + offsets[index]!, true) !== words[index]) return -1;
  }
  return at + length;
}
