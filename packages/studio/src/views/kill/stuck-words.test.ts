import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectorTroubles, stuckAdvice, stuckReason } from './stuck-words.ts';

const account = (lastOk: boolean, lastAt: number | null = Date.now()) => ({
  accountKey: 'binance:futures',
  lastOk,
  lastAt,
});
const remaining = { orders: 4, positions: 2 };

test('a venue that is silent is said to be, with since when, and never to show something', () => {
  const words = stuckReason({ remaining, accounts: [account(false)] });
  assert.match(words, /^The venue does not answer\. binance:futures last answered at \d\d:\d\d:\d\d\./);
  assert.match(words, /As last known, 2 positions and 4 orders are left\.$/);
  assert.match(stuckReason({ remaining: null, accounts: [account(false, null)] }), /never answered.*not known/);
});

test('a venue that answers is said to, with what is left', () => {
  const of = (orders: number, positions: number) =>
    stuckReason({ remaining: { orders, positions }, accounts: [account(true)] });
  assert.equal(of(4, 2), 'The venue answers, and 2 positions and 4 orders are left.');
  assert.equal(of(1, 0), 'The venue answers, and 1 order is left.');
  assert.match(of(0, 0), /answers\. Nothing is left as far as known here/);
});

test('before the comparison is read, neither is claimed', () => {
  assert.match(stuckReason({ remaining, accounts: undefined }), /^Whether the venue answers is not known\./);
  assert.match(stuckReason({ remaining, accounts: [] }), /^Whether the venue answers is not known\./);
});

test('the advice is about what is left', () => {
  assert.match(stuckAdvice({ remaining, accounts: [account(false)] }).join(' '), /Close there.*Cancel there.*goes on/);
  assert.equal(stuckAdvice({ remaining: { orders: 0, positions: 0 }, accounts: [account(true)] }).length, 2);
});

test('the reason of a connector is told in full', () => {
  const connector = { connectorType: 'binance', marketType: 'futures', lastEventAt: 0, lagMs: 0 };
  const reason = 'x'.repeat(300);
  assert.deepEqual(
    connectorTroubles([
      { ...connector, ok: true },
      { ...connector, ok: false, reason },
    ]),
    [`binance:futures: ${reason}`],
  );
});
