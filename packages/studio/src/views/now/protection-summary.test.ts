import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PositionRuntimeState } from '@inspector/contract';
import { protectionSummary } from './protection-summary.ts';

const position = (
  symbol: string,
  state: PositionRuntimeState['protection']['state'],
  { nakedQuantity = 0, ownership = 'runtime' }: { nakedQuantity?: number; ownership?: 'runtime' | 'legacy' } = {},
): PositionRuntimeState => ({ symbol, ownership, protection: { state, nakedQuantity } }) as PositionRuntimeState;

test('the worst of the open positions is what is said', () => {
  const working = position('BTCUSDT', 'working');
  const naked = position('ETHUSDT', 'degraded', { nakedQuantity: 0.5 });
  const unprotected = position('SOLUSDT', 'none');
  const legacy = position('XRPUSDT', 'none', { ownership: 'legacy' });
  const said = (...positions: PositionRuntimeState[]) => protectionSummary(positions);
  assert.equal(said().sentence, 'No open position.');
  assert.equal(said(working).sentence, 'The open position has a stop that works at the venue.');
  assert.equal(said(working, working).tone, 'good');
  assert.deepEqual(
    [said(working, naked).tone, said(working, naked).sentence],
    ['bad', 'Without a confirmed stop: ETHUSDT, of 2 open positions.'],
  );
  assert.equal(said(working, unprotected).tone, 'warn');
  assert.match(said(working, legacy).sentence, /1 legacy position beside, never touched\.$/);
  assert.equal(said(legacy).tone, 'warn');
});

test('many without a stop are counted, not listed', () => {
  const naked = ['A', 'B', 'C', 'D', 'E'].map((symbol) => position(symbol, 'pending', { nakedQuantity: 1 }));
  assert.equal(protectionSummary(naked).sentence, 'Without a confirmed stop: A, B, C and 2 more, of 5 open positions.');
});
