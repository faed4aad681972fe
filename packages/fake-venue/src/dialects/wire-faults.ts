import type { FakeOrder, OrderRequest } from '#exchange/order.ts';
import { type OrderFilter, strikes } from '#exchange/order-faults.ts';
import { place } from '#exchange/placing.ts';
import { Refused } from '#exchange/refused.ts';
import type { ExchangeState } from '#exchange/state.ts';
import type { AimedCall, CallFilter, FakeFaults, RejectReason } from '#venue/faults.ts';
import { NoAnswer } from './no-answer.ts';

interface Wire {
  exchange: ExchangeState;
  faults: FakeFaults;
}

/** Ends the call without an answer when the fault strikes a placing. */
function orSilence(fault: AimedCall<{ cut?: boolean }>, request: OrderRequest): void {
  if (fault === false) return;
  if (fault === true) throw new NoAnswer(false);
  if (aimsAtPlacings(fault) && strikes(fault, request)) throw new NoAnswer(fault.cut === true);
}

const aimsAtPlacings = <T extends CallFilter>(fault: T): fault is T & OrderFilter => fault.kind !== 'cancel';

const REJECTIONS: Record<RejectReason, 'would-trigger' | 'margin' | 'undocumented'> = {
  'would-trigger': 'would-trigger',
  margin: 'margin',
  unknown: 'undocumented',
};

function orRejection({ rejectStop }: FakeFaults, request: OrderRequest): void {
  if (rejectStop === false) return;
  const filter = typeof rejectStop === 'string' ? true : rejectStop;
  if (!strikes(filter, request, ['stop'])) return;
  throw new Refused(REJECTIONS[typeof rejectStop === 'string' ? rejectStop : rejectStop.reason]);
}

/** Places as the API would, with what can go wrong on the way there and back. */
export function placeOnWire(
  { exchange, faults }: Wire,
  request: OrderRequest,
): { accepted: FakeOrder; order: FakeOrder } {
  orSilence(faults.timeoutBeforeAccept, request);
  orRejection(faults, request);
  const placed = place(exchange, request, 'api');
  if (strikes(faults.duplicateClientId, request)) throw new Refused('duplicate-client-id');
  orSilence(faults.timeoutAfterAccept, request);
  return placed;
}

function cancelIsStruck(fault: AimedCall<{ cut?: boolean }>, symbol: string | undefined): void {
  if (fault === false || fault === true || fault.kind !== 'cancel') return;
  if (fault.symbol !== undefined && symbol !== undefined && fault.symbol !== symbol) return;
  if (fault.times !== undefined && fault.times-- <= 0) return;
  throw new NoAnswer(fault.cut === true);
}

/** Cancels as the API would; faults of the kind `cancel` strike here. */
export function cancelOnWire<T>({ faults }: Pick<Wire, 'faults'>, symbol: string | undefined, run: () => T): T {
  cancelIsStruck(faults.timeoutBeforeAccept, symbol);
  const result = run();
  cancelIsStruck(faults.timeoutAfterAccept, symbol);
  return result;
}
