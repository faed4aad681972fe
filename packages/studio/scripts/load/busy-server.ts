import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultOptions } from '@inspector/contract';
import { busyLimit, busyPosition, busyTrail, priceOf, symbolOf } from './busy-answers.ts';
import { busyChannel } from './busy-channel.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const API = '/api/inspectors/inspector/inspector';
const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

export interface BusyServer {
  url: string;
  close(): void;
}

/** The built page over answers and events as a very busy account would give them: an event for each record. */
export async function busyServer({ positions = 500, recordsPerSecond = 1_000 } = {}): Promise<BusyServer> {
  const trail = busyTrail(recordsPerSecond);
  const indexes = Array.from({ length: positions }, (_, index) => index);
  const kpi = () => ({
    day: '2026-01-01',
    dayStartEquityUsd: 10_000,
    currentEquityUsd: 10_000 + 50 * Math.sin(Date.now() / 5_000),
    equityPeakUsd: 10_050,
    currentDrawdownPct: 0.5,
    maxDrawdownPct: 1,
    dailyPnlUsd: 50 * Math.sin(Date.now() / 5_000),
    dailyPnlPct: 0.5 * Math.sin(Date.now() / 5_000),
    closedTrades: 10,
    wins: 6,
    losses: 4,
    consecutiveLosses: 1,
    stressModeActive: false,
    equityKnown: true,
    timestamp: Date.now(),
  });
  const governor = () => ({
    action: 'ALLOW',
    reasons: [],
    locks: [],
    killSwitch: { state: 'IDLE' },
    circuit: {},
    cooldowns: [],
    seq: trail.lastSeq(),
  });
  const listed = <Item>(data: Item[]) => ({ count: data.length, data });
  const find = (query: URLSearchParams) =>
    trail.find({
      limit: Number(query.get('limit') ?? 200),
      afterSeq: Number(query.get('afterSeq') ?? 0),
      to: Number(query.get('to') ?? Number.POSITIVE_INFINITY),
      kind: query.get('kind'),
    });
  const answers: Record<string, (query: URLSearchParams) => unknown> = {
    '/api/session': () => ({ name: 'admin', role: 'admin', timestamp: Date.now() }),
    [`${API}/risk/kpi`]: kpi,
    [`${API}/governor/state`]: governor,
    [`${API}/risk/headroom`]: () => listed(indexes.map(busyLimit)),
    [`${API}/risk/runtime-positions`]: () => listed(indexes.map(busyPosition)),
    [`${API}/risk/audit`]: (query) => listed(find(query)),
    [`${API}/risk/audit/questdb`]: (query) => ({ ...listed(find(query)), source: 'embedded', lag: 0 }),
    [`${API}/risk/dashboard`]: (query) => ({
      kpi: kpi(),
      runtimePositions: indexes.map(busyPosition),
      activeRuntimeManaged: positions,
      auditTail: find(query).slice(0, 100),
      governor: governor(),
      exposure: {},
      limits: indexes.map(busyLimit),
      timestamp: Date.now(),
    }),
    [`${API}/health`]: () => ({ ok: true, ready: true, startupReasons: [], connectors: [], timestamp: Date.now() }),
    [`${API}/reconcile/state`]: () => listed([]),
    [`${API}/risk/equity`]: () => listed([]),
    [`${API}/options`]: () => ({ options: defaultOptions, version: 1 }),
    [`${API}/system/state`]: () => ({
      health: { state: 'ok', degradedReasons: [], blockedReasons: [] },
      systemState: {},
      runtimeConfig: {},
    }),
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://busy');
    const answer = answers[pathname];
    if (answer !== undefined) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer(searchParams)));
      return;
    }
    const file = join(dist, pathname === '/' ? 'index.html' : pathname);
    if (pathname.startsWith('/api') || pathname.startsWith('/ws') || !existsSync(file)) {
      response.statusCode = 404;
      response.end('{"code":"NOT_FOUND","detail":"There is no such address.","status":404}');
      return;
    }
    response.setHeader('content-type', types[extname(file)] ?? 'text/html');
    response.end(readFileSync(file, 'utf8').replaceAll('{{appKey}}', 'inspector').replaceAll('{{version}}', '0'));
  });
  const channel = busyChannel(server, { eventsPerSecond: recordsPerSecond, symbols: indexes.map(symbolOf), priceOf });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      channel.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
