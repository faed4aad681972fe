import assert from 'node:assert/strict';
import { test } from 'node:test';
import { venueProof } from './incident-proof.ts';

test('a proof is read, and what it does not say is unknown', () => {
  assert.equal(venueProof(null), null);
  const proof = venueProof({
    positionsInScope: 0,
    legacyLeft: [{ symbol: 'X', side: 'LONG', quantity: 1 }],
    accounts: 'no',
  });
  assert.deepEqual([proof?.positionsInScope, proof?.ordersInScope, proof?.ordersShownByVenue], [0, null, false]);
  assert.deepEqual(proof?.legacyLeft, [{ symbol: 'X', side: 'LONG', quantity: 1 }]);
  assert.deepEqual(proof?.accounts, []);
});
