/**
 * Ended as by `kill -9` at every point of an order's life, and begun again: nothing is sent twice, what Inspector opened
 * stays its own, and every position is covered or gone.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { AuditRecord } from '@inspector/contract';
import type { FakeVenue } from '@inspector/fake-venue';
import { temporaryDirectory } from '#testing/temporary-directory.ts';
import type { ProcessSettings } from './testing/guarded-process.ts';
import { hasPrices, linesOf, openVenue } from './testing/guarded-venue.ts';
import { watchNaked } from './testing/naked-watch.ts';
import { sentTwice } from './testing/sent-twice.ts';
import { until } from './testing/until.ts';

interface Moment {
  name: string;
  endAt?: ProcessSettings['endAt'];
  /** The venue's part in it, before the first process is asked to open. */
  before?: (venue: FakeVenue) => void;
  request?: Record<string, unknown>;
  /** Without `endAt`: the process is killed when this is so. */
  endWhen?: (venue: FakeVenue) => boolean;
  /** Moves the market so that the position closes, in the first process. */
  closes?: boolean;
  whileDown?: (venue: FakeVenue) => void;
  /** The position in BTCUSDT afterwards. */
  leaves: number;
  ownership?: 'runtime' | 'legacy';
}

const moments: readonly Moment[] = [
  { name: 'the entry is intended and has not left', endAt: { purpose: 'ENTRY', when: 'before' }, leaves: 0.02 },
  {
    name: 'the entry was taken, and the answer never came',
    before: ({ faults }) => {
      faults.timeoutAfterAccept = { kind: 'market', times: 1 };
    },
    endWhen: (venue) => venue.account().fills.length > 0,
    leaves: 0.02,
  },
  { name: 'the entry is answered', endAt: { purpose: 'ENTRY', when: 'after' }, leaves: 0.02 },
  { name: 'the position is there, its stop has not left', endAt: { purpose: 'STOP', when: 'before' }, leaves: 0.02 },
  {
    name: 'the stop was taken, and the answer never came',
    before: ({ faults }) => {
      faults.timeoutAfterAccept = { kind: 'stop', times: 1 };
    },
    endWhen: (venue) => venue.account().conditionalOrders.length > 0,
    leaves: 0.02,
  },
  { name: 'the stop is answered', endAt: { purpose: 'STOP', when: 'after' }, leaves: 0.02 },
  { name: 'the target has not left', endAt: { purpose: 'TARGET', when: 'before' }, leaves: 0.02 },
  { name: 'everything works', endWhen: (venue) => venue.account().conditionalOrders.length === 2, leaves: 0.02 },
  {
    name: 'a resting entry fills while nobody is there',
    request: { price: 59_500 },
    endWhen: (venue) => venue.account().openOrders.length === 1,
    whileDown: ({ market }) => market.move('BTCUSDT', 59_400),
    leaves: 0.02,
  },
  {
    name: 'the stop fires while nobody is there',
    endWhen: (venue) => venue.account().conditionalOrders.length === 2,
    whileDown: ({ market }) => market.move('BTCUSDT', 59_000),
    leaves: 0,
  },
  {
    name: 'the position is closed by hand while nobody is there',
    endWhen: (venue) => venue.account().conditionalOrders.length === 2,
    whileDown: ({ owner }) => owner.closePosition('BTCUSDT'),
    leaves: 0,
  },
  {
    name: 'all orders are cancelled by hand while nobody is there',
    endWhen: (venue) => venue.account().conditionalOrders.length === 2,
    whileDown: ({ owner }) => owner.cancelAll('BTCUSDT'),
    leaves: 0.02,
  },
  {
    name: 'the close is intended and has not left',
    before: ({ faults }) => {
      faults.stopDoesNotFire = { kind: 'stop' };
    },
    endAt: { purpose: 'CLOSE', when: 'before' },
    closes: true,
    leaves: 0,
  },
  {
    name: 'the close is answered',
    before: ({ faults }) => {
      faults.stopDoesNotFire = { kind: 'stop' };
    },
    endAt: { purpose: 'CLOSE', when: 'after' },
    closes: true,
    leaves: 0,
  },
  {
    name: 'somebody else opens while nobody is there',
    request: { symbol: { name: 'ETHUSDT' }, quantity: 0.4 },
    endWhen: (venue) => venue.account().conditionalOrders.length === 2,
    whileDown: ({ owner }) => void owner.order({ symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: 0.02 }),
    leaves: 0.02,
    ownership: 'legacy',
  },
];

describe('a restart in every state of an order', { concurrency: 3 }, () => {
  for (const moment of moments) test(moment.name, (t) => restartedAt(t, moment));
});

async function restartedAt(t: TestContext, moment: Moment): Promise<void> {
  const { endAt, endWhen, request = {}, leaves, ownership = 'runtime' } = moment;
  const venue = await openVenue(t);
  const dataDir = temporaryDirectory(t);
  const naked = watchNaked(venue);
  t.after(() => naked.stop());
  const first = await begin(t, { venueUrl: venue.url, dataDir, ...(endAt === undefined ? {} : { endAt }) });
  moment.before?.(venue);
  first.child.send(request);
  if (moment.closes === true) {
    await until(() => venue.account().conditionalOrders.length === 2, 'the position is protected');
    venue.market.move('BTCUSDT', 59_000);
  }
  const hasCome = () => (endWhen === undefined ? first.child.signalCode !== null : endWhen(venue));
  await until(hasCome, 'the moment came').catch(async (error: unknown) =>
    assert.fail(`${String(error)}\n${linesOf(await auditOf(first.url))}`),
  );
  first.child.kill('SIGKILL');
  await first.ended;
  moment.whileDown?.(venue);
  venue.faults.clear();

  naked.reset();
  const second = await begin(t, { venueUrl: venue.url, dataDir });
  const held = () => venue.account().positions.find(({ symbol }) => symbol === 'BTCUSDT')?.quantity ?? 0;
  let records: AuditRecord[] = [];
  await until(
    async () => {
      records = await auditOf(second.url);
      return held() === leaves && (await believed(second.url)) === leaves;
    },
    () => `both see ${leaves}, the venue has ${held()}\n${linesOf(records)}`,
  );
  if (ownership === 'runtime') {
    await until(
      () => naked.nakedNow('BTCUSDT') === undefined,
      () => `it is covered\n${linesOf(records)}`,
    );
  }
  records = await auditOf(second.url);
  const opened = records.filter(({ kind, symbol }) => kind === 'POSITION_OPENED' && symbol === 'BTCUSDT');
  assert.deepEqual(
    opened.map(({ code }) => code),
    [ownership.toUpperCase()],
    linesOf(records),
  );
  if (leaves === 0) {
    await until(() => venue.account().conditionalOrders.length === 0, 'no order is left over');
    const closed = records.filter(({ kind, symbol }) => kind === 'POSITION_CLOSED' && symbol === 'BTCUSDT');
    assert.equal(closed.length, 1, linesOf(records));
  }
  assert.deepEqual(sentTwice(venue), []);
  const bought = venue.account().fills.filter(({ symbol, side }) => symbol === 'BTCUSDT' && side === 'BUY');
  assert.equal(
    bought.reduce((sum, { quantity }) => sum + quantity, 0),
    0.02,
    'it was entered once',
  );
  t.diagnostic(`naked after the restart ${naked.worstMs()} ms, orders sent twice 0`);
}

async function begin(
  t: TestContext,
  settings: ProcessSettings,
): Promise<{ child: ChildProcess; url: string; ended: Promise<unknown> }> {
  const program = fileURLToPath(new URL('./testing/guarded-process.ts', import.meta.url));
  const child = fork(program, [JSON.stringify(settings)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  t.after(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const [{ url }] = (await Promise.race([once(child, 'message'), ended.then(() => [{ url: 'ended' }])])) as [
    { url: string },
  ];
  await until(async () => (await healthOf(url)).ready, 'it is ready');
  await until(async () => hasPrices(await get(url, '/risk/prices')), 'prices have come');
  return { child, url, ended };
}

const get = async <T>(url: string, path: string): Promise<T> => {
  const response = await fetch(`${url}/api/inspector${path}`, { signal: AbortSignal.timeout(5_000) });
  return (await response.json()) as T;
};

const healthOf = (url: string) => get<{ ready: boolean }>(url, '/health').catch(() => ({ ready: false }));

const auditOf = async (url: string): Promise<AuditRecord[]> =>
  (await get<{ data: AuditRecord[] }>(url, '/risk/audit?limit=5000')).data.reverse();

async function believed(url: string): Promise<number> {
  const { data } = await get<{ data: { symbol: string; quantity: number }[] }>(
    url,
    '/risk/runtime-positions?ownership=all',
  );
  return data.find(({ symbol }) => symbol === 'BTCUSDT')?.quantity ?? 0;
}
