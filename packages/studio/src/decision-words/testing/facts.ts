import type { GovernorLock, Violation } from '@inspector/contract';
import { defaultOptions } from '@inspector/contract/options';
import type { RefusalFacts } from '../facts.ts';

export const NOON = Date.UTC(2026, 10, 28, 12);
const MIDNIGHT = Date.UTC(2026, 10, 29);
export const account = 'account:paper:futures';

export const facts: RefusalFacts = {
  decision: {
    code: 'OK',
    message: '',
    sizing: {
      quantity: 0.5,
      price: 60_000,
      notionalUsd: 30_000,
      stopLoss: 59_700,
      takeProfit: 60_300,
      leverage: 3,
      riskUsd: 150,
      marginUsd: 10_000,
      method: 'quantity',
    },
    inputs: { price: 60_000, priceAgeMs: 20, equityUsd: 10_000 },
    evaluatedAt: NOON,
  },
  request: { price: 66_000 },
  symbol: 'BTCUSDT',
  locks: [],
  options: structuredClone(defaultOptions),
};

export const dayLock: GovernorLock = {
  scope: account,
  code: 'DAILY_LOSS',
  action: 'STAND_DOWN',
  since: NOON - 60_000,
  until: MIDNIGHT,
  actor: 'engine',
};

/** What the engine records of a violation, and the sentence that it has to become. */
export type Case = Partial<Omit<Violation, 'code'>> & { said: string; facts?: Partial<RefusalFacts> };
