import { createHash } from 'node:crypto';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a([0-9a-f]{3})-([0-9a-f]{12})$/;

/** The id as this venue writes ids. The number stands in the last fifteen digits, the others are made of it. */
export function wireIdOf(id: number): string {
  const noise = createHash('sha256').update(String(id)).digest('hex');
  const number = id.toString(16).padStart(15, '0');
  const tail = `a${number.slice(0, 3)}-${number.slice(3)}`;
  return `${noise.slice(0, 8)}-${noise.slice(8, 12)}-4${noise.slice(12, 15)}-${tail}`;
}

/** The number behind an id; undefined when it is none of this venue. */
export function idOfWire(wireId: string): number | undefined {
  const match = ID.exec(wireId);
  if (match === null) return undefined;
  const id = Number.parseInt(`${match[1]}${match[2]}`, 16);
  return wireIdOf(id) === wireId ? id : undefined;
}
