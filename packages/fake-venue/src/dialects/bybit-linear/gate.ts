import { gatewayPage, strikesCall } from '#dialects/call-faults.ts';
import type { WireAnswer, WireRequest } from '#server/wire.ts';
import type { FakeFaults, ServerErrors } from '#venue/faults.ts';
import type { Route } from './context.ts';
import { answerOf, BybitError } from './errors.ts';
import { type Limits, shutOut, tooMany } from './limits.ts';
import { wrongKey } from './signing.ts';

/** What stands before every call: a gateway that fails, a limit, a refusal of everything. */
export interface Gate {
  before(request: WireRequest): WireAnswer | undefined;
  /** Runs the call; the answer may yet be lost. */
  after(request: WireRequest, run: () => WireAnswer): WireAnswer;
  checkPermission(route: Pick<Route, 'security' | 'trades'>): void;
}

/** A key that the venue does not take for anything; sockets that sign in are judged by it too. */
export function refusalOfKey({ refuse }: FakeFaults): BybitError | undefined {
  switch (refuse) {
    case 'bad-key':
      return wrongKey();
    case 'ip':
      return new BybitError(10010, "Unmatched IP, please check your API key's bound IP addresses.");
    case 'no-permission':
      return noPermission();
    default:
      return undefined;
  }
}

const noPermission = (): BybitError =>
  new BybitError(10005, 'Permission denied, please check your API key permissions.');

export function createGate(faults: FakeFaults, limits: Limits, now: () => number): Gate {
  let shutOutUntil = 0;

  function serverError({ status = 502, body = 'html' }: ServerErrors): WireAnswer {
    if (body === 'html') return gatewayPage(status);
    const error = status === 504 ? new BybitError(10000, 'Server Timeout') : new BybitError(10016, 'Server error.');
    return answerOf(new BybitError(error.code, error.message, status), now());
  }

  function limited(request: WireRequest): WireAnswer | undefined {
    const limiting = faults.rateLimit === true ? {} : faults.rateLimit;
    if (limiting === false || !strikesCall(limiting, request)) return undefined;
    const { status = 429, retryAfterSeconds = 1 } = limiting;
    const until = now() + retryAfterSeconds * 1000;
    if (status === 429) {
      const headers = { 'x-bapi-limit-status': '0', 'x-bapi-limit-reset-timestamp': String(until) };
      return answerOf(tooMany(headers), now());
    }
    if (shutOutUntil === 0) shutOutUntil = until;
    if (now() < shutOutUntil) return shutOut();
    shutOutUntil = 0;
    faults.rateLimit = false;
    return undefined;
  }

  return {
    before: (request) => {
      // A place that the venue does not serve is refused by what stands before it.
      if (faults.refuse === 'restricted') return gatewayPage(403);
      if (!limits.admitsAddress()) return shutOut();
      const answer = limited(request);
      if (answer !== undefined) return answer;
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
    checkPermission: ({ security, trades }) => {
      // Assumed: the documentation has these two codes and does not say which one a maintenance brings.
      if (faults.refuse === 'maintenance') {
        throw trades === true
          ? new BybitError(110066, 'Trading is currently not allowed.')
          : new BybitError(10016, 'Server error.');
      }
      if (security === 'none') return;
      const refusal = refusalOfKey(faults);
      if (refusal !== undefined) throw refusal;
      if (faults.refuse === 'read-only' && trades === true) throw noPermission();
    },
  };
}
