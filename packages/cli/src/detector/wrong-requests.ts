import type { Random } from '@inspector/provider/connectors';
import type { RequestDraft } from './request-draft.ts';
import { levels } from './sensible-requests.ts';
import { type SymbolWatch, toStep } from './symbol-watch.ts';

export interface WrongContext {
  watch: SymbolWatch;
  now: number;
  random: Random;
  lastRequestId: string | undefined;
}

type WrongRequest = (context: WrongContext) => RequestDraft | undefined;

const sideOf = (random: Random): 'LONG' | 'SHORT' => (random.uniform() < 0.5 ? 'LONG' : 'SHORT');

/** A request that is right in all but what `fault` makes of it. */
function spoiled(
  context: WrongContext,
  fault: (side: 'LONG' | 'SHORT', price: number) => Record<string, unknown>,
): RequestDraft {
  const { watch, random } = context;
  const side = watch.held?.side ?? sideOf(random);
  const price = side === 'LONG' ? watch.ask : watch.bid;
  const sound = { sizePercent: 1, ...levels(watch, side, price, 0.3) };
  return { type: 'OPEN', symbol: watch.spec.name, side, fields: { ...sound, ...fault(side, price) } };
}

/** Mistakes that real bots make, each named by the rule that should stop it. */
export const wrongRequests: Readonly<Record<string, WrongRequest>> = {
  POSITION_SIZE_MAX: (context) => spoiled(context, () => ({ sizePercent: 60 })),
  POSITION_SIZE_MIN: (context) => spoiled(context, () => ({ sizePercent: 0.001 })),
  REQUEST_INVALID: (context) =>
    spoiled(context, (side, price) => ({
      stopLoss: toStep(price * (side === 'LONG' ? 1.004 : 0.996), context.watch.spec.tickSize),
    })),
  REQUEST_EXPIRED: (context) => spoiled(context, () => ({ expiresAt: context.now - 2_000 })),
  RISK_REWARD: (context) =>
    spoiled(context, (side, price) => ({
      takeProfit: toStep(price * (side === 'LONG' ? 1.002 : 0.998), context.watch.spec.tickSize),
    })),
  LEVERAGE: (context) => spoiled(context, () => ({ leverage: 50 })),
  PRICE_COLLAR: (context) =>
    spoiled(context, (side, price) => {
      const far = toStep(price * (side === 'LONG' ? 0.93 : 1.07), context.watch.spec.tickSize);
      return { price: far, ...levels(context.watch, side, far, 0.3) };
    }),
  SYMBOL_UNKNOWN: (context) => ({ ...spoiled(context, () => ({})), symbol: 'LUNAUSDT' }),
  SYMBOL_EXCLUDED: (context) => ({ ...spoiled(context, () => ({})), symbol: 'DOGEUSDT' }),
  REQUEST_DUPLICATE: (context) =>
    context.lastRequestId === undefined
      ? undefined
      : { ...spoiled(context, () => ({})), requestId: context.lastRequestId },
  NO_POSITION: (context) =>
    context.watch.held
      ? undefined
      : { type: 'CLOSE', symbol: context.watch.spec.name, side: sideOf(context.random), fields: {} },
};

const names = Object.keys(wrongRequests);

/** Any of the mistakes; undefined when the one drawn does not fit the moment. */
export const wrongDraft = (context: WrongContext): RequestDraft | undefined =>
  wrongRequests[names[Math.floor(context.random.uniform() * names.length)]!]!(context);
