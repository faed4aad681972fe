import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { Order } from '@inspector/contract';
import { createHttpProviderClient } from './http-provider-client.ts';

interface Asked {
  method: string;
  url: string;
  token: string | undefined;
  body: unknown;
}

let respond: (response: ServerResponse) => void = () => {};
let asked: Asked[] = [];
const server = createServer((request: IncomingMessage, response) => {
  let text = '';
  request.on('data', (chunk) => {
    text += chunk;
  });
  request.on('end', () => {
    const { method = '', url = '', headers } = request;
    asked.push({ method, url, token: headers.authorization, body: text === '' ? undefined : JSON.parse(text) });
    respond(response);
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
after(() => {
  server.closeAllConnections();
  server.close();
});
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const client = createHttpProviderClient({ url, token: () => 'secret' });
const { signal } = new AbortController();

function answers(status: number, body: unknown, headers: Record<string, string> = {}): void {
  asked = [];
  respond = (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}
const problem = (code: string) => ({ code, detail: 'because', title: '', status: 0, type: '', requestId: '' });

const order: Order = {
  id: 'p1',
  clientOrderId: 'i1',
  externalId: 'v1',
  connectorType: 'paper',
  marketType: 'futures',
  symbol: { name: 'BTCUSDT' },
  side: 'BUY',
  type: 'MARKET',
  quantity: 1,
  quantityExecuted: 0,
  priceExecuted: 0,
  status: 'NEW',
  time: 1,
  updateTime: 1,
  source: { type: 'inspector', key: 'inspector' },
  epoch: 3,
};
const target = { connectorType: 'paper', marketType: 'futures', symbol: 'BTCUSDT', clientOrderId: 'i/1', epoch: 3 };

test('places with the token; the status of the answered order is the outcome', async () => {
  answers(200, order);
  assert.deepEqual(await client.place(order, signal), { outcome: 'accepted', order });
  assert.deepEqual(asked, [{ method: 'POST', url: '/api/orders', token: 'Bearer secret', body: { order } }]);
  const rejected: Order = { ...order, status: 'REJECTED', reason: 'MARGIN', reasonText: 'too poor' };
  answers(200, rejected);
  assert.deepEqual(await client.place(order, signal), {
    outcome: 'rejected',
    reason: 'MARGIN',
    reasonText: 'too poor',
    order: rejected,
  });
  answers(200, { ...order, status: 'UNKNOWN' });
  assert.equal((await client.place(order, signal)).outcome, 'unknown');
});

test('a 4xx was refused, a 429 was not sent, a 5xx or an answer that is no order is unknown', async () => {
  answers(409, problem('FENCED'));
  assert.deepEqual(await client.place(order, signal), {
    outcome: 'rejected',
    reason: 'FENCED',
    reasonText: 'FENCED: because',
  });
  answers(429, problem('RATE_LIMITED'), { 'retry-after': '2' });
  assert.deepEqual(await client.place(order, signal), {
    outcome: 'not-sent',
    reasonText: 'RATE_LIMITED: because',
    retryAfterMs: 2000,
  });
  for (const [status, body] of [
    [500, 'oops'],
    [503, problem('NOT_READY')],
    [200, 'no json'],
    [200, { id: 'x' }],
  ] as const) {
    answers(status, body);
    assert.equal((await client.place(order, signal)).outcome, 'unknown', `${status} ${JSON.stringify(body)}`);
  }
});

test('a Provider that does not listen was not sent to; one that hangs up leaves it unknown', async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  const nobody = createHttpProviderClient({ url: `http://127.0.0.1:${port}`, token: () => '' });
  const unsent = await nobody.place(order, signal);
  assert.equal(unsent.outcome, 'not-sent');
  respond = (response) => response.destroy();
  assert.equal((await client.place(order, signal)).outcome, 'unknown');
});

test('an aborted call is unknown', async () => {
  const abort = new AbortController();
  respond = () => abort.abort();
  assert.equal((await client.place(order, abort.signal)).outcome, 'unknown');
});

test('cancels by client id, with the symbol; an order that the venue does not know is NOT_FOUND', async () => {
  answers(200, { ...order, status: 'CANCELED' });
  assert.deepEqual(await client.cancel(target, signal), {
    outcome: 'accepted',
    order: { ...order, status: 'CANCELED' },
  });
  assert.equal(asked[0]?.url, '/api/orders/i%2F1/paper/futures?symbol=BTCUSDT');
  answers(404, problem('ORDER_NOT_FOUND'));
  const missing = await client.cancel(target, signal);
  assert.ok(missing.outcome === 'rejected' && missing.reason === 'NOT_FOUND');
  answers(200, order);
  await client.cancel({ ...target, clientOrderId: '', externalId: 'v9' }, signal);
  assert.equal(asked[0]?.url, '/api/orders/v9/paper/futures?symbol=BTCUSDT');
  answers(502, problem('VENUE_UNAVAILABLE'));
  assert.equal((await client.cancel(target, signal)).outcome, 'unknown');
});

test('asks for account and open orders, and first for one order when it is named', async () => {
  const account = {
    connectorType: 'paper',
    marketType: 'futures',
    accountKey: 'paper:futures',
    walletBalance: 10,
    availableBalance: null,
    marginRatio: 0.1,
    positions: [],
    time: 5,
    openOrders: [order],
  };
  const place = { connectorType: 'paper', marketType: 'futures' };
  answers(200, account);
  const expected = { ok: true, time: 5, walletBalance: 10, marginRatio: 0.1, positions: [], orders: [order] };
  assert.deepEqual(await client.query(place, signal), expected);
  asked = [];
  respond = (response) => {
    const isLookup = asked.at(-1)?.url.startsWith('/api/orders/');
    response.writeHead(isLookup ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isLookup ? problem('ORDER_NOT_FOUND') : account));
  };
  assert.deepEqual(await client.query({ ...place, lookUp: [{ clientOrderId: 'i1' }] }, signal), {
    ...expected,
    found: [{ order: null }],
  });
  assert.deepEqual(
    asked.map((each) => each.url),
    ['/api/orders/i1', '/api/accounts/paper/futures'],
  );
});

test('an order that cannot be looked up says why, and the account is answered for all the same', async () => {
  const account = {
    ...{ connectorType: 'paper', marketType: 'futures', accountKey: 'paper:futures', walletBalance: 10 },
    ...{ availableBalance: null, marginRatio: 0.1, positions: [], time: 5, openOrders: [] },
  };
  respond = (response) => {
    const isLookup = asked.at(-1)?.url.startsWith('/api/orders/');
    response.writeHead(isLookup ? 502 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isLookup ? problem('VENUE_UNAVAILABLE') : account));
  };
  const place = { connectorType: 'paper', marketType: 'futures' };
  const answer = await client.query({ ...place, lookUp: [{ clientOrderId: 'i1' }] }, signal);
  assert.deepEqual(answer.ok && answer.found, [{ reason: 'VENUE_UNAVAILABLE: because' }]);
});

test('an account that cannot be had fails the whole question', async () => {
  const place = { connectorType: 'paper', marketType: 'futures' };
  answers(502, problem('VENUE_UNAVAILABLE'));
  assert.deepEqual(await client.query(place, signal), { ok: false, reason: 'VENUE_UNAVAILABLE: because' });
  assert.equal((await client.query({ ...place, lookUp: [{ clientOrderId: 'i1' }] }, signal)).ok, false);
  answers(404, problem('CONNECTOR_UNKNOWN'));
  assert.equal(
    (await client.query({ ...place, lookUp: [{ clientOrderId: 'i1' }] }, signal)).ok,
    false,
    'only ORDER_NOT_FOUND is absence',
  );
});

test('lists accounts; sets leverage', async () => {
  answers(200, {
    count: 1,
    data: [{ connectorType: 'paper', marketType: 'futures', ok: true, state: 'x', lastEventAt: null }],
  });
  const [account] = await client.accounts(signal);
  assert.equal(account?.connectorType, 'paper');
  answers(500, '');
  await assert.rejects(client.accounts(signal));
  answers(200, { symbol: 'BTCUSDT', leverage: 3 });
  const leverage = { connectorType: 'paper', marketType: 'futures', symbol: 'BTCUSDT', leverage: 3, epoch: 3 };
  assert.deepEqual(await client.setLeverage(leverage, signal), { outcome: 'accepted' });
  assert.deepEqual(asked[0]?.body, {
    connectorType: 'paper',
    marketType: 'futures',
    symbol: { name: 'BTCUSDT' },
    leverage: 3,
    epoch: 3,
  });
});
