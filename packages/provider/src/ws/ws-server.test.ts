import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo, Socket as NetSocket } from 'node:net';
import test, { type TestContext } from 'node:test';
import { type AuditRecord, type Envelope, inspectorEventTypes } from '@inspector/contract';
import { servedHosts } from '@inspector/service';
import { io as connectClient, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type { AuditAfter } from './audited-events.ts';
import { QUEUED_PACKETS_LIMIT } from './event-hub.ts';
import { createWsServer, type WsConfig } from './ws-server.ts';

const TOKEN = 'secret';

async function serve(t: TestContext, config: Partial<WsConfig> = {}) {
  const server = createServer((_request, response) => response.writeHead(404).end());
  const hosts = servedHosts({ host: '127.0.0.1', allowedHosts: [], allowedOrigins: [] });
  const ws = createWsServer({
    server,
    hosts,
    allowedOrigins: [],
    mayRead: (token) => token === TOKEN,
    isHealthy: () => true,
    marketTickMs: 10,
    ...config,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sockets: Socket[] = [];
  t.after(async () => {
    for (const socket of sockets) socket.disconnect();
    await ws.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const open = (options: Partial<ManagerOptions & SocketOptions> = {}) => {
    const socket = connectClient(url, {
      path: '/ws',
      auth: { token: TOKEN },
      forceNew: true,
      transports: ['websocket'],
      reconnection: false,
      ...options,
    });
    sockets.push(socket);
    return socket;
  };
  const client = async (options: Partial<ManagerOptions & SocketOptions> = {}) => {
    const socket = open(options);
    await once(socket, 'connect');
    return socket;
  };
  return { ws, server, url, open, client };
}

const once = <T = unknown>(socket: Socket, name: string): Promise<T> =>
  new Promise((resolve) => {
    socket.once(name, resolve);
  });
const refusal = (socket: Socket): Promise<Error & { data?: unknown }> => once(socket, 'connect_error');
const ask = (socket: Socket, name: string, body: unknown) => socket.timeout(5_000).emitWithAck(name, body);

let count = 0;
const event = (type: string, fields: Partial<Envelope> = {}): Envelope => {
  count += 1;
  const source = type.slice(0, type.indexOf('_'));
  return { eventId: `e${count}`, type, source, timestamp: 1, payload: {}, ...fields } as Envelope;
};
const outlier = (seq: number, symbol = 'BTCUSDT') =>
  event('INSPECTOR_DATA_OUTLIER_DETECTED', { seq, payload: { symbol } } as Partial<Envelope>);
const trade = (name: string, price: number) =>
  event('PROVIDER_MARKETDATA_TRADE', {
    payload: { connectorType: 'paper', marketType: 'futures', symbol: { name }, price },
  } as Partial<Envelope>);
const record = (seq: number): AuditRecord =>
  ({
    seq,
    ts: seq,
    kind: 'DATA_OUTLIER',
    code: 'DATA_OUTLIER',
    traceId: 't',
    epoch: 1,
    data: { symbol: 'BTCUSDT' },
  }) as unknown as AuditRecord;

/** Everything that a client is sent, in order, and a way to wait until all that was sent before has come. */
function recorded(socket: Socket) {
  const events: Envelope[] = [];
  socket.onAny((type: string, ...rest: unknown[]) => {
    if (type === 'health:ok' || type === 'lagged') return;
    assert.equal(rest.length, 1, 'the envelope is the one argument');
    events.push(rest[0] as Envelope);
  });
  return {
    events,
    seqs: () => events.map(({ seq }) => seq),
    settle: () => ask(socket, 'health', {}),
    until: async (length: number) => {
      while (events.length < length) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

test('an unmodified client receives all ten INSPECTOR_* types under their names', async (t) => {
  const { ws, client } = await serve(t);
  for (const options of [{ transports: ['polling', 'websocket'] }, { path: '/ws/' }, { transports: ['polling'] }]) {
    const socket = await client(options);
    // As by default: polling at first, then a WebSocket.
    if (options.transports?.length === 2 && socket.io.engine.transport.name === 'polling') {
      await new Promise((resolve) => {
        socket.io.engine.once('upgrade', resolve);
      });
    }
    const { events, settle } = recorded(socket);
    const types: string[] = [];
    for (const type of inspectorEventTypes) socket.on(type, (envelope: Envelope) => types.push(envelope.type));
    const sent = inspectorEventTypes.map((type, index) => event(type, { seq: ws.stats().published + index }));
    assert.equal(sent.length, 10);
    for (const envelope of sent) ws.publish(envelope);
    await settle();
    assert.deepEqual(events, sent);
    assert.deepEqual(types, inspectorEventTypes);
    socket.disconnect();
  }
});

test('a connection needs a token that may read, in auth or in a header', async (t) => {
  const { open, client } = await serve(t);
  for (const auth of [{}, { token: 'wrong' }, { token: 7 }]) {
    const error = await refusal(open({ auth }));
    assert.equal(error.message, 'UNAUTHORIZED');
    assert.deepEqual(error.data, { code: 'UNAUTHORIZED', status: 401 });
  }
  await client({ auth: {}, extraHeaders: { authorization: `Bearer ${TOKEN}` } });
  await client({ auth: {}, extraHeaders: { 'x-api-token': TOKEN } });
});

test('a foreign page or name cannot connect, and past the limit nobody can', async (t) => {
  const { client, url } = await serve(t, { connectionsLimit: 1 });
  const handshake = (headers: Record<string, string>) =>
    fetch(`${url}/ws/?EIO=4&transport=polling`, { headers }).then(async (answer) => [
      answer.status,
      await answer.json(),
    ]);
  assert.deepEqual(await handshake({ origin: 'http://evil.example' }), [403, { code: 4, message: 'ORIGIN_REFUSED' }]);
  await client();
  assert.deepEqual(await handshake({}), [403, { code: 4, message: 'OVERLOADED' }]);
});

test('market data comes only by subscribing, the latest of each symbol, and at once what is known', async (t) => {
  const { ws, client } = await serve(t);
  const [all, btc] = [await client(), await client()];
  const [seen, seenBtc] = [recorded(all), recorded(btc)];
  ws.publish(trade('BTCUSDT', 1));
  assert.deepEqual(
    await ask(btc, 'subscribe', {
      types: ['PROVIDER_MARKETDATA_TRADE', 'INSPECTOR_RISK_KILL_SWITCH'],
      symbols: ['BTCUSDT'],
    }),
    {
      ok: true,
      types: { PROVIDER_MARKETDATA_TRADE: ['BTCUSDT'], INSPECTOR_RISK_KILL_SWITCH: ['BTCUSDT'] },
    },
  );
  await seenBtc.until(1);
  const latest = trade('BTCUSDT', 3);
  for (const envelope of [trade('BTCUSDT', 2), trade('ETHUSDT', 9), latest]) ws.publish(envelope);
  await seenBtc.until(2);
  ws.publish(event('INSPECTOR_RISK_KILL_SWITCH', { seq: 1 }));
  ws.publish(outlier(2));
  await Promise.all([seen.settle(), seenBtc.settle()]);
  assert.deepEqual(
    seen.events.map(({ type }) => type),
    ['INSPECTOR_RISK_KILL_SWITCH', 'INSPECTOR_DATA_OUTLIER_DETECTED'],
  );
  assert.deepEqual(seenBtc.events[1], latest);
  assert.deepEqual(
    seenBtc.events.map(({ type }) => type),
    ['PROVIDER_MARKETDATA_TRADE', 'PROVIDER_MARKETDATA_TRADE', 'INSPECTOR_RISK_KILL_SWITCH'],
  );
  assert.deepEqual(await ask(btc, 'unsubscribe', { types: ['PROVIDER_MARKETDATA_TRADE'] }), {
    ok: true,
    types: { INSPECTOR_RISK_KILL_SWITCH: ['BTCUSDT'] },
  });
});

test('a wrong subscription is refused and changes nothing', async (t) => {
  const { ws, client } = await serve(t);
  const socket = await client();
  const { events, settle } = recorded(socket);
  for (const body of [
    'x',
    [],
    { types: 'INSPECTOR_*' },
    { types: ['NOPE'] },
    { symbols: [1] },
    { symbol: ['BTCUSDT'] },
    { symbols: Array.from({ length: 1001 }, (_, index) => `S${index}`) },
  ]) {
    const answer = await ask(socket, 'subscribe', body);
    assert.equal(answer.ok, false);
    assert.equal(answer.code, 'VALIDATION_FAILED');
  }
  ws.publish(outlier(1));
  await settle();
  assert.equal(events.length, 1);
});

test('resume replays what the trail has, then goes live: no gap, no duplicate, in order', async (t) => {
  let pages = 0;
  let duringReplay = () => {};
  const auditAfter: AuditAfter = async (afterSeq, limit) => {
    pages += 1;
    duringReplay();
    // The trail holds 1 … 2500; the records after 2400 have been published in this run.
    const records = Array.from({ length: 2500 }, (_, index) => record(index + 1));
    return records.filter(({ seq }) => seq > afterSeq).slice(0, limit);
  };
  const { ws, client } = await serve(t, { auditAfter });
  for (let seq = 2401; seq <= 2500; seq += 1) ws.publish(outlier(seq));
  const socket = await client();
  const { seqs, settle } = recorded(socket);
  ws.publish(outlier(2501));
  let next = 2502;
  duringReplay = () => {
    ws.publish(outlier(next++));
    ws.publish(outlier(next++));
  };
  const answer = await ask(socket, 'resume', { afterSeq: 100 });
  duringReplay = () => {};
  ws.publish(outlier(next++));
  await settle();
  assert.ok(pages >= 3);
  const expected = Array.from({ length: next - 1 - 100 }, (_, index) => index + 101);
  const got = seqs();
  assert.equal(got[0], 2501, 'what was live before the resume');
  assert.deepEqual([...new Set(got)].length, got.length, 'no duplicate');
  assert.deepEqual(
    [...got].sort((a, b) => Number(a) - Number(b)),
    expected,
  );
  assert.deepEqual(
    got.slice(1),
    expected.filter((seq) => seq !== 2501),
  );
  assert.deepEqual(answer, { ok: true, replayed: expected.length - 2, throughSeq: next - 2 });
  assert.deepEqual(await ask(socket, 'resume', { afterSeq: 100 }), { ok: true, replayed: 0, throughSeq: next - 1 });
});

test('a trail that is ahead of the live events does not double them', async (t) => {
  const auditAfter: AuditAfter = (afterSeq) => [1, 2, 3, 4, 5].filter((seq) => seq > afterSeq).map(record);
  const { ws, client } = await serve(t, { auditAfter });
  const socket = await client();
  const { events, seqs, settle } = recorded(socket);
  assert.equal((await ask(socket, 'resume', { afterSeq: 2 })).throughSeq, 5);
  ws.publish(outlier(4));
  ws.publish(outlier(5));
  ws.publish(event('INSPECTOR_RISK_MARGIN_UPDATE', { seq: 5 }));
  ws.publish(outlier(6));
  ws.publish(outlier(7));
  await settle();
  assert.deepEqual(seqs(), [3, 4, 5, 5, 6, 7]);
  assert.equal(events[3]?.type, 'INSPECTOR_RISK_MARGIN_UPDATE');
});

test('a trail that cannot be read is said, and the client is live again', async (t) => {
  const { ws, client } = await serve(t, { auditAfter: () => Promise.reject(new Error('down')) });
  const socket = await client();
  const { seqs, settle } = recorded(socket);
  assert.equal((await ask(socket, 'resume', { afterSeq: 2 })).code, 'AUDIT_UNAVAILABLE');
  assert.equal((await ask(socket, 'resume', { afterSeq: -1 })).code, 'VALIDATION_FAILED');
  assert.equal((await ask(socket, 'resume', undefined)).code, 'VALIDATION_FAILED');
  ws.publish(outlier(9));
  await settle();
  assert.deepEqual(seqs(), [9]);
});

test('a client that does not read is told how much it missed and nobody else waits', async (t) => {
  const { ws, server, client } = await serve(t);
  const connections: NetSocket[] = [];
  server.on('connection', (connection) => connections.push(connection));
  const slow = await client({ transports: ['websocket'] });
  const fast = await client({ transports: ['websocket'] });
  const [seenSlow, seenFast] = [recorded(slow), recorded(fast)];
  // The server's side of the slow connection behaves as a full one: what it is given stays where it is.
  const blocked = connections[0];
  assert.ok(blocked);
  blocked.cork();
  const uncork = blocked.uncork;
  blocked.uncork = () => {};
  const payload = { symbol: 'BTCUSDT', filler: 'x'.repeat(2_000) };
  let sent = 0;
  const publish = () => {
    sent += 1;
    ws.publish(event('INSPECTOR_DATA_OUTLIER_DETECTED', { seq: sent, payload } as unknown as Partial<Envelope>));
  };
  while (ws.stats().lagging === 0) {
    for (let index = 0; index < 100; index += 1) publish();
    await seenFast.settle();
    assert.ok(sent < 10 * QUEUED_PACKETS_LIMIT, 'the slow client is noticed');
  }
  for (let index = 0; index < 500; index += 1) publish();
  await seenFast.settle();
  assert.deepEqual(
    seenFast.seqs(),
    Array.from({ length: sent }, (_, index) => index + 1),
  );
  const told = once<{ dropped: number; afterSeq: number }>(slow, 'lagged');
  blocked.uncork = uncork;
  while (blocked.writableCorked > 0) blocked.uncork();
  const { dropped, afterSeq } = await told;
  assert.ok(dropped >= 500);
  assert.equal(dropped, sent - afterSeq);
  publish();
  assert.equal((await ask(slow, 'resume', { afterSeq })).replayed, dropped);
  await seenSlow.settle();
  const got = seenSlow.seqs();
  assert.equal(new Set(got).size, got.length);
  assert.deepEqual(
    [...got].sort((a, b) => Number(a) - Number(b)),
    Array.from({ length: sent }, (_, index) => index + 1),
  );
});

test('health is answered, and floods of messages are not', async (t) => {
  const { client } = await serve(t, { isHealthy: () => false });
  const socket = await client();
  const pushed = once<{ ok: boolean; t: number }>(socket, 'health:ok');
  const acknowledged = await ask(socket, 'health', {});
  assert.equal(acknowledged.ok, false);
  assert.deepEqual(await pushed, acknowledged);
  const answers = await Promise.all(Array.from({ length: 150 }, () => ask(socket, 'unsubscribe', { types: [] })));
  assert.ok(answers.some(({ code }) => code === 'RATE_LIMITED'));
});

test('a client whose replay is ahead of the live events gets everything else meanwhile', async (t) => {
  const auditAfter: AuditAfter = (afterSeq) => [1, 2, 3].filter((seq) => seq > afterSeq).map(record);
  const { ws, client } = await serve(t, { auditAfter });
  const socket = await client();
  const { events, until } = recorded(socket);
  assert.equal((await ask(socket, 'resume', { afterSeq: 3 })).ok, true);
  assert.equal((await ask(socket, 'subscribe', { types: ['PROVIDER_MARKETDATA_TRADE'] })).ok, true);
  ws.publish(event('PROVIDER_ORDER_CREATE'));
  ws.publish(trade('BTCUSDT', 1));
  await until(2);
  ws.publish(trade('BTCUSDT', 2));
  await until(3);
  ws.publish(outlier(4));
  await until(4);
  assert.deepEqual(
    events.map(({ type }) => type),
    [
      'PROVIDER_ORDER_CREATE',
      'PROVIDER_MARKETDATA_TRADE',
      'PROVIDER_MARKETDATA_TRADE',
      'INSPECTOR_DATA_OUTLIER_DETECTED',
    ],
  );
});
