import { Refused } from '#exchange/refused.ts';
import type { WireAnswer, WireRequest } from '#server/wire.ts';
import type { FakeVenue, OwnerOrder } from '#venue/fake-venue.ts';

type Body = Record<string, unknown>;

class BadCall extends Error {}

function text(body: Body, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw new BadCall(`'${name}' must be a text`);
  return value;
}

function number(body: Body, name: string): number {
  const value = body[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new BadCall(`'${name}' must be a number`);
  return value;
}

function levels(body: Body, name: string): { price: number; quantity: number }[] {
  const value = body[name];
  if (!Array.isArray(value)) throw new BadCall(`'${name}' must be a list of {price, quantity}`);
  return value.map((level: Body) => ({ price: number(level, 'price'), quantity: number(level, 'quantity') }));
}

const optionalSymbol = (body: Body): string | undefined =>
  body.symbol === undefined ? undefined : text(body, 'symbol');

function ownerOrder(body: Body): OwnerOrder {
  text(body, 'symbol');
  text(body, 'side');
  text(body, 'type');
  if (body.closePosition !== true) number(body, 'quantity');
  return { quantity: 0, ...body } as unknown as OwnerOrder;
}

/** Sets faults by name; `cutSockets` and `dropUserEvents` are done. All names are checked before any is set. */
function setFaults({ faults }: FakeVenue, body: Body): unknown {
  for (const name of Object.keys(body)) {
    if (!(name in faults) || name === 'clear') throw new BadCall(`no fault is named '${name}'`);
  }
  for (const [name, value] of Object.entries(body)) {
    if (name === 'cutSockets') faults.cutSockets();
    else if (name === 'dropUserEvents') faults.dropUserEvents(number(body, name));
    else Object.assign(faults, { [name]: value });
  }
  return faults;
}

const CALLS: Record<string, (venue: FakeVenue, body: Body) => unknown> = {
  'GET /fake/account': (venue) => venue.account(),
  'GET /fake/requests': (venue) => venue.requests(),
  'GET /fake/placings': (venue) => Object.fromEntries(venue.placings()),
  'GET /fake/faults': (venue) => venue.faults,
  'POST /fake/faults': setFaults,
  'DELETE /fake/faults': ({ faults }) => {
    faults.clear();
    return faults;
  },
  'POST /fake/owner/order': ({ owner }, body) => owner.order(ownerOrder(body)),
  'POST /fake/owner/close': ({ owner }, body) => owner.closePosition(text(body, 'symbol')),
  'POST /fake/owner/cancel': ({ owner }, body) =>
    body.id === undefined ? owner.cancelAll(optionalSymbol(body)) : owner.cancel(number(body, 'id')),
  'POST /fake/owner/transfer': ({ owner }, body) => owner.transfer(number(body, 'amount')),
  'POST /fake/owner/leverage': ({ owner }, body) => owner.leverage(text(body, 'symbol'), number(body, 'leverage')),
  'POST /fake/owner/funding': ({ owner }, body) => owner.funding(text(body, 'symbol'), number(body, 'ratePercent')),
  'POST /fake/market/move': ({ market }, body) => market.move(text(body, 'symbol'), number(body, 'price')),
  'POST /fake/market/mark': ({ market }, body) => market.mark(text(body, 'symbol'), number(body, 'price')),
  'POST /fake/market/print': ({ market }, body) =>
    market.print(
      text(body, 'symbol'),
      number(body, 'price'),
      number(body, 'quantity'),
      body.side === 'SELL' ? 'SELL' : 'BUY',
    ),
  'POST /fake/market/book': ({ market }, body) =>
    market.setBook(text(body, 'symbol'), levels(body, 'bids'), levels(body, 'asks')),
};

const problem = (status: number, msg: string): WireAnswer => ({ kind: 'answer', status, body: { msg } });

/** Calls under /fake by which another process drives the venue; undefined for any other path. */
export function answerControl(venue: FakeVenue, request: WireRequest): WireAnswer | undefined {
  const { method, path, headers, body } = request;
  if (!path.startsWith('/fake/')) return undefined;
  // A page in a browser sends its origin; no page has to drive this.
  if (headers.origin !== undefined) return problem(403, 'not from a web page');
  const call = CALLS[`${method} ${path}`];
  if (call === undefined) return problem(404, `no such call: ${method} ${path}`);
  try {
    const parsed: unknown = body === '' ? {} : JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      throw new BadCall('the body must be an object');
    return { kind: 'answer', status: 200, body: call(venue, parsed as Body) ?? {} };
  } catch (error) {
    if (error instanceof BadCall || error instanceof SyntaxError) return problem(400, error.message);
    if (error instanceof Refused)
      return { kind: 'answer', status: 409, body: { msg: error.message, reason: error.reason } };
    throw error;
  }
}
