/** The second half of a flip: once the exit has filled, an entry of the other side that must pass as any other. */
import type { Engine } from '#state/engine.ts';
import type { Position } from '#state/positions.ts';
import { decideFlipped } from './decide-open.ts';

export function decideFlipEntry(engine: Engine, position: Position): void {
  const { flip } = position;
  if (flip === null) return;
  position.flip = null;
  decideFlipped(engine, {
    raw: { ...flip.request, requestId: flip.requestId },
    eventId: flip.eventId,
    source: 'DETECTOR',
  });
}
