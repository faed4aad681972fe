import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultOptions } from '@inspector/contract';
import type { Engine, Incident } from '#state/engine.ts';
import { createEngine } from '#state/engine.ts';
import type { OrderState } from '#state/orders.ts';
import { noteKillFill } from './realized-cost.ts';

function engineWithIncident(): { engine: Engine; incident: Incident } {
  const engine = createEngine({ options: defaultOptions });
  const incident = { references: new Map([[7, 2000]]), realizedCostUsd: 0 } as unknown as Incident;
  engine.incidents.push(incident);
  return { engine, incident };
}

const closeOf = (side: 'BUY' | 'SELL', closeCode: string | null, position = 7) =>
  ({ closeCode, position, order: { side } }) as unknown as OrderState;

test('a kill that sells under the mid costs the distance times the quantity', () => {
  const { engine, incident } = engineWithIncident();
  noteKillFill(engine, closeOf('SELL', 'KILL_SWITCH'), 3, 1999);
  assert.equal(incident.realizedCostUsd, 3);
});

test('a kill that buys under the mid gains it', () => {
  const { engine, incident } = engineWithIncident();
  noteKillFill(engine, closeOf('BUY', 'KILL_SWITCH'), 3, 1999);
  assert.equal(incident.realizedCostUsd, -3);
});

test('a close that is not the kill’s, or of another position, costs the kill nothing', () => {
  const { engine, incident } = engineWithIncident();
  noteKillFill(engine, closeOf('SELL', 'DETECTOR'), 3, 1999);
  noteKillFill(engine, closeOf('SELL', 'KILL_SWITCH', 8), 3, 1999);
  assert.equal(incident.realizedCostUsd, 0);
});
