/**
 * A fast, fixed hash for ids and state fingerprints (two 32-bit lanes of multiply–xor mixing, 53 bits out). Not for
 * security: ids are unguessable to nobody and need only be the same on every machine.
 */
export function hash53(text: string, seed: number): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

/** 22 characters of [0-9a-z], from 106 bits. */
export function hashText(text: string): string {
  return hash53(text, 1).toString(36).padStart(11, '0') + hash53(text, 2).toString(36).padStart(11, '0');
}

/** 32 hexadecimal digits, the shape of a W3C trace id. */
export function traceIdOf(text: string): string {
  const digits = hash53(text, 3).toString(16).padStart(14, '0') + hash53(text, 4).toString(16).padStart(14, '0');
  return (digits + hash53(text, 5).toString(16)).padEnd(32, '0').slice(0, 32);
}
