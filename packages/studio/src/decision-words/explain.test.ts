import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DecisionCode, Violation } from '@inspector/contract';
import { decisionCodes } from '@inspector/contract/codes';
import { explainDecision } from './explain.ts';
import type { RefusalFacts } from './facts.ts';
import { account, type Case, dayLock, facts, NOON } from './testing/facts.ts';
import { limitCases } from './testing/limit-cases.ts';
import { requestCases } from './testing/request-cases.ts';

// Times are told by the reader's own clock: five and a half hours before UTC's.
process.env.TZ = 'Asia/Kolkata';

/** A code without a case does not compile. */
const cases: Record<Exclude<DecisionCode, 'OK'>, Case[]> = { ...requestCases, ...limitCases };

for (const code of decisionCodes) {
  if (code === 'OK') continue;
  test(`${code} explains itself with its figures and what would let it through`, () => {
    for (const { said, facts: now = {}, ...given } of cases[code]) {
      const violation: Violation = {
        code,
        scope: account,
        observed: null,
        limit: null,
        unit: '',
        message: 'unused.',
        ...given,
      };
      const decision = code === 'ORDER_RATE' ? 'THROTTLE' : 'BLOCK';
      const sentence = explainDecision(
        { decision, violations: [violation], message: violation.message },
        { ...facts, ...now },
      );
      assert.equal(sentence, said);
    }
  });
}

test('OK says what was let through, and which limits warn', () => {
  const allowed = { decision: 'ALLOW' as const, violations: [], message: 'Allowed.' };
  assert.equal(explainDecision(allowed, facts), 'Allowed: 0.5 BTCUSDT at 60,000, 30,000.00 USD, 150.00 USD at risk.');
  const { decision } = facts;
  const warning: Violation = { code: 'DRAWDOWN', scope: account, observed: 16, limit: 15, unit: '%', message: '' };
  const warned = { ...facts, decision: { ...decision, inputs: { ...decision.inputs, warnings: [warning] } } };
  assert.match(explainDecision(allowed, warned), /, 1 limit warns\.$/);
});

test('what would pass one rule says when others refuse it too', () => {
  const violation: Violation = { code: 'LEVERAGE', scope: account, observed: 25, limit: 10, unit: 'x', message: '' };
  const refused = (violations: Violation[]) => explainDecision({ decision: 'BLOCK', violations, message: '' }, facts);
  assert.match(refused([violation, violation]), /Ask for 10× or less\. Another rule refuses it too\.$/);
  assert.match(refused([violation, violation, violation]), /2 other rules refuse it too\.$/);
});

test('an exit that was let through says what leaves', () => {
  const { decision } = facts;
  const unpriced = { ...decision.sizing, quantity: 0.5, price: null, notionalUsd: null, riskUsd: null };
  const sentence = explainDecision(
    { decision: 'ALLOW', violations: [], message: '0.5 of BTCUSDT LONG is closed.' },
    { ...facts, decision: { ...decision, sizing: unpriced } },
  );
  assert.equal(sentence, 'Allowed: 0.5 of BTCUSDT LONG is closed.');
});

test('a lock that was set after the decision is not its reason', () => {
  const violation: Violation = { code: 'DAILY_LOSS', scope: account, observed: 5, limit: 5, unit: '%', message: '' };
  const later = { ...facts, locks: [{ ...dayLock, since: NOON + 1 }] };
  assert.match(explainDecision({ decision: 'BLOCK', violations: [violation], message: '' }, later), /has ended since/);
});

test('figures that nothing is known of are dashes, in no sentence 0 or NaN', () => {
  for (const code of decisionCodes) {
    if (code === 'OK') continue;
    const violation: Violation = { code, scope: account, observed: null, limit: null, unit: '%', message: 'Unknown.' };
    const unknown: RefusalFacts = {
      ...facts,
      request: {},
      locks: null,
      options: null,
      decision: {
        ...facts.decision,
        sizing: {
          quantity: null,
          price: null,
          notionalUsd: null,
          stopLoss: null,
          takeProfit: null,
          leverage: null,
          riskUsd: null,
          marginUsd: null,
          method: null,
        },
        inputs: { price: null, priceAgeMs: null, equityUsd: null },
      },
    };
    const sentence = explainDecision({ decision: 'BLOCK', violations: [violation], message: '' }, unknown);
    assert.doesNotMatch(sentence, /NaN|null|undefined|Infinity/, code);
    assert.match(sentence, /^Refused: [^.].*\.$/, code);
  }
});
