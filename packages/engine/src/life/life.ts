/** A service instance begins and ends. */
import { record } from '#audit/record.ts';
import type { StartedInput, StoppedInput, VenueCapabilitiesInput } from '#input.ts';
import { cancelOrder } from '#orders/cancel.ts';
import { allLiveOrders } from '#orders/live-orders.ts';
import { askAgain, markUnknown } from '#orders/unknown.ts';
import { askVenue } from '#reconcile/ask.ts';
import type { Engine } from '#state/engine.ts';

/**
 * Nothing is believed of the venue until it has answered: accounts are unreconciled, orders on their way are in doubt.
 * `serialsBefore` tells those of an earlier life from those that this one has sent already.
 */
export function onStarted(engine: Engine, input: StartedInput, serialsBefore: number): void {
  const isRestart = engine.started;
  engine.started = true;
  engine.epoch = input.epoch;
  engine.appKey = input.appKey;
  record(engine, 'STARTED', {
    code: 'OK',
    message: `Inspector ${input.version} began as ${input.appKey}, epoch ${input.epoch}.`,
    data: { version: input.version, appKey: input.appKey, epoch: input.epoch, isRestart },
  });
  engine.queries.clear();
  for (const account of engine.accounts) {
    account.reconciled = false;
    account.restarted = true;
    account.differences = new Map();
    // Streams may have gone on meanwhile: their next number is a new beginning, checked by the reconciliation.
    account.lastSeq = Number.NaN;
    askVenue(engine, account.index, 'reconcile');
  }
  for (const order of allLiveOrders(engine)) {
    // What an overdue timer has just sent is on its way from here.
    if (order.serial > serialsBefore) continue;
    if (order.own && order.phase === 'sent') markUnknown(engine, order, 'the instance ended before an answer came');
    else if (order.own && order.phase === 'unknown') askAgain(engine, order);
    // A cancel that was on its way may never have left; a second one does no harm.
    if (order.cancelRequested) cancelOrder(engine, order, true);
  }
}

export function onStopped(engine: Engine, input: StoppedInput): void {
  record(engine, 'STOPPED', {
    code: 'OK',
    message: `Inspector ended: ${input.reason}.`,
    data: { reason: input.reason },
  });
}

/** The trail says what each venue could do while it was governed, and what stood in for what it could not. */
export function onVenueCapabilities(engine: Engine, { accountKey, capabilities }: VenueCapabilitiesInput): void {
  const lacking = capabilities.filter(({ can }) => !can);
  const said = lacking.map(({ name, note }) => (note === undefined ? name : `${name} (${note})`)).join('; ');
  record(engine, 'STARTED', {
    code: 'CONNECTOR',
    accountKey,
    message: `The venue of ${accountKey} ${lacking.length === 0 ? 'can do everything' : `cannot: ${said}`}.`,
    data: { accountKey, capabilities },
  });
}
