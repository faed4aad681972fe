import { gatewayPage, strikesCall } from '#dialects/call-faults.ts';
import type { WireAnswer, WireRequest } from '#server/wire.ts';
import type { FakeFaults } from '#venue/faults.ts';
import type { Route } from './context.ts';
import { BinanceError } from './errors.ts';
import { banned, tooMany } from './limits.ts';

/** What stands before every call: a gateway that fails, a limit, a refusal of everything. */
export interface Gate {
  before(request: WireRequest): WireAnswer | undefined;
  /** Runs the call; the answer may yet be lost. */
  after(request: WireRequest, run: () => WireAnswer): WireAnswer;
  checkPermission(route: Route): void;
}

export function createGate(faults: FakeFaults, now: () => number): Gate {
  let bannedUntil = 0;

  function serverError({ status = 502, body = 'html' }: { status?: number; body?: 'html' | 'json' }): WireAnswer {
    if (body === 'html') return gatewayPage(status);
    const message =
      status === 503
        ? 'Unknown error, please check your request or try again later.'
        : 'Internal error; unable to process your request. Please try again.';
    const code = status === 503 ? -1000 : -1001;
    return { kind: 'answer', status, code, body: { code, msg: message } };
  }

  function orRateLimit(request: WireRequest): void {
    const limiting = faults.rateLimit === true ? {} : faults.rateLimit;
    if (limiting === false || !strikesCall(limiting, request)) return;
    const { status = 429, retryAfterSeconds = 1 } = limiting;
    if (status === 429) throw tooMany(faults.weightLimit, retryAfterSeconds);
    if (bannedUntil === 0) bannedUntil = now() + retryAfterSeconds * 1000;
    if (now() < bannedUntil) throw banned(bannedUntil, now());
    bannedUntil = 0;
    faults.rateLimit = false;
  }

  function refusalOfAll(): WireAnswer | undefined {
    switch (faults.refuse) {
      case 'ip':
        return gatewayPage(403);
      case 'restricted': {
        const msg = "Service unavailable from a restricted location according to 'b. Eligibility' in the terms of use.";
        return { kind: 'answer', status: 451, code: 0, body: { code: 0, msg } };
      }
      case 'maintenance':
        return {
          kind: 'answer',
          status: 503,
          code: -1016,
          body: { code: -1016, msg: 'This service is no longer available.' },
        };
      default:
        return undefined;
    }
  }

  return {
    before: (request) => {
      const refusal = refusalOfAll();
      if (refusal !== undefined) return refusal;
      orRateLimit(request);
      const errors = faults.serverErrors === true ? {} : faults.serverErrors;
      if (errors === false || errors.afterAccept === true) return undefined;
      return strikesCall(errors, request) ? serverError(errors) : undefined;
    },
    after: (request, run) => {
      const errors = faults.serverErrors;
      const strikes = typeof errors === 'object' && errors.afterAccept === true && strikesCall(errors, request);
      const answer = run();
      return strikes ? serverError(errors) : answer;
    },
    checkPermission: (route) => {
      if (route.security === 'none') return;
      if (faults.refuse === 'bad-key') throw new BinanceError(-2014, 'API-key format invalid.', 401);
      if (faults.refuse === 'no-permission' || (faults.refuse === 'read-only' && route.trades === true)) {
        throw new BinanceError(-2015, 'Invalid API-key, IP, or permissions for action.', 401);
      }
    },
  };
}
