import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { AuditRecord } from '@inspector/contract';
import { type ReplayConfig, runReplay } from './run-replay.ts';

const folder = mkdtempSync(join(tmpdir(), 'inspector-replay-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const START = 1_723_118_400_000;
const market = { connectorType: 'paper', marketType: 'futures' };
const symbol = {
  name: 'ETHUSDT',
  baseAsset: 'ETH',
  quoteAsset: 'USDT',
  status: 'TRADING',
  tickSize: 0.01,
  stepSize: 0.001,
  minQuantity: 0.001,
};
const account = {
  type: 'REPLAY_ACCOUNT',
  timestamp: START,
  payload: { ...market, walletBalance: 50_000, symbols: [symbol] },
};

let events = 0;
function event(type: string, at: number, payload: unknown, more: Record<string, unknown> = {}) {
  const eventId = `00000000-0000-4000-8000-${String(++events).padStart(12, '0')}`;
  return { eventId, type, source: type.slice(0, type.indexOf('_')), timestamp: START + at, payload, ...more };
}
const book = (at: number, price: number) => {
  const bids = [{ price: price - 0.01, volume: 1000 }];
  const asks = [{ price: price + 0.01, volume: 1000 }];
  return event('PROVIDER_MARKETDATA_ORDERBOOK', at, {
    ...market,
    symbol: { name: 'ETHUSDT' },
    bids,
    asks,
    time: START + at,
  });
};
const mark = (at: number, price: number) =>
  event('PROVIDER_SYMBOL_PRICES', at, {
    ...market,
    prices: { ETHUSDT: { value: price, moment: START + at, mark: true } },
  });
const open = (at: number, requestId: string, quantity: number, more: Record<string, unknown> = {}) =>
  event('DETECTOR_POSITION_OPEN_REQUEST', at, {
    requestId,
    ...market,
    symbol: { name: 'ETHUSDT' },
    side: 'LONG',
    detectorSysname: 'det',
    quantity,
    ...more,
  });
const command = (at: number, payload: unknown) => ({ type: 'COMMAND', timestamp: START + at, payload });
const clock = (at: number) => ({ type: 'CLOCK', timestamp: START + at });

/** Everything off but the stop. */
const calm = {
  riskManagement: {
    takeProfitPercent: 0,
    stopLossPercent: 1,
    breakevenPercent: 0,
    maxDailyLossPercent: 0,
    maxDailyProfitPercent: 0,
    maxDrawdownPercent: 0,
    maxLossTradesPerDay: 0,
    maxTradesPerDay: 0,
    riskPerTradePercent: 0,
    minRiskRewardRatio: 0,
    maxPortfolioExposurePercent: 0,
  },
  tradeSettings: { maxPositionSizePercent: 0, trailingStopPercent: 0 },
  strategyLogic: { cooldownPeriod: 0, maxConsecutiveLosses: 0, enableStressPolicy: false },
};

let files = 0;
function file(content: string | Buffer, extension = 'ndjson'): string {
  const path = join(folder, `${++files}.${extension}`);
  writeFileSync(path, content);
  return path;
}
const lines = (...entries: unknown[]) => `${entries.map((entry) => JSON.stringify(entry)).join('\n')}\n`;

interface Run {
  records: AuditRecord[];
  last: { kind: string; data: Record<string, unknown> };
  text: string;
}

async function run(input: string, more: Partial<ReplayConfig> = {}): Promise<Run> {
  const out = join(folder, `${++files}.out`);
  await runReplay({ input, options: file(JSON.stringify(calm)), venue: 'paper', env: {}, out, ...more });
  const text = readFileSync(out, 'utf8');
  const records = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { records: records.slice(0, -1), last: records.at(-1), text };
}

const of = (records: readonly AuditRecord[], kind: string) => records.filter((record) => record.kind === kind);

const trade = [account, book(0, 2000), mark(0, 2000), open(10, 'first', 2), book(1000, 1970), mark(1000, 1970)];

test('an entry is filled, protected and stopped out on the paper venue, all at the times of the file', async () => {
  const { records, last } = await run(file(lines(...trade)));
  const seqs = records.map((record) => record.seq);
  assert.deepEqual(
    seqs,
    seqs.map((_, index) => index + 1),
  );
  const [closed] = of(records, 'POSITION_CLOSED');
  assert.equal(closed?.code, 'STOP_LOSS');
  assert.equal(closed?.ts, START + 1000);
  assert.equal(last.kind, 'REPLAY_SUMMARY');
  const { stateHash, maxDrawdownPct, ...counted } = last.data;
  const realizedPnlUsd = (1969.99 - 2000.01) * 2 - (2 * (1969.99 + 2000.01) * 0.05) / 100;
  assert.ok(Math.abs(Number(counted.realizedPnlUsd) - realizedPnlUsd) < 1e-9);
  delete counted.realizedPnlUsd;
  assert.deepEqual(counted, {
    events: 6,
    decisions: { ALLOW: 1, BLOCK: 0, THROTTLE: 0 },
    breaches: {},
    closedTrades: 1,
  });
  assert.match(String(stateHash), /^[0-9a-z]{8,}$/);
  assert.ok(Number(maxDrawdownPct) > 0);
});

test('the same file gives the same bytes, plain and gzip', async () => {
  const content = lines(...trade);
  const first = await run(file(content));
  const second = await run(file(gzipSync(content), 'ndjson.gz'));
  assert.equal(second.text, first.text);
});

test('fees and balance of the paper venue come from the environment', async () => {
  const env = { PAPER_TAKER_FEE_PERCENT: '0' };
  const { last } = await run(file(lines(...trade)), { env });
  assert.ok(Math.abs(Number(last.data.realizedPnlUsd) - (1969.99 - 2000.01) * 2) < 1e-9);
});

test('a file without an account starts with the paper balance when something is asked of it', async () => {
  const symbols = event('PROVIDER_SYMBOLS', 0, { ...market, symbols: [symbol] });
  const { records } = await run(file(lines(symbols, book(0, 2000), mark(0, 2000), open(10, 'first', 1))), {
    env: { PAPER_BALANCE: '3000' },
  });
  const [decided] = of(records, 'REQUEST_DECIDED');
  assert.equal(decided?.code, 'OK');
  const data = decided?.data as { inputs: { equityUsd: number } } | undefined;
  assert.equal(data?.inputs.equityUsd, 3000);
});

test('with latency the venue’s answers come at their own due times, between the lines', async () => {
  const { records } = await run(file(lines(...trade.slice(0, 4), clock(800))), { latencyMs: 300 });
  const [opened] = of(records, 'POSITION_OPENED');
  assert.equal(opened?.ts, START + 310);
  const [placed] = of(records, 'PROTECTION_PLACED');
  assert.ok(placed && placed.ts > START + 310 && placed.ts <= START + 800);
});

test('nothing comes after the last line', async () => {
  const { records } = await run(file(lines(...trade.slice(0, 4))), { latencyMs: 300 });
  assert.ok(records.every((record) => record.ts <= START + 10));
});

test('without a venue orders are only recorded', async () => {
  const { records } = await run(file(lines(...trade)), { venue: 'none' });
  assert.equal(of(records, 'ORDER_SENT').length > 0, true);
  assert.equal(of(records, 'POSITION_OPENED').length, 0);
});

test('what the bus would dead-letter is dead-lettered, and the run goes on', async () => {
  const { records, last } = await run(
    file(
      lines(
        account,
        { ...book(0, 2000), source: 'DETECTOR' },
        mark(1, null as unknown as number),
        event('PROVIDER_NONSENSE', 2, {}),
        book(3, 2000),
        mark(3, 2000),
        open(4, 'first', 1),
      ),
    ),
  );
  assert.deepEqual(
    of(records, 'DEAD_LETTER').map((record) => [record.ts - START, record.code]),
    [
      [0, 'SOURCE_MISMATCH'],
      [1, 'PAYLOAD_INVALID'],
      [2, 'TYPE_UNKNOWN'],
    ],
  );
  assert.equal(of(records, 'REQUEST_DECIDED')[0]?.code, 'OK');
  assert.equal(last.data.events, 7);
});

test('a line over 1 MiB is dead-lettered, and the run goes on', async () => {
  const { records } = await run(
    file(lines(account, { ...mark(1, 2000), padding: 'x'.repeat(1_100_000) }, mark(2, 2000))),
  );
  assert.deepEqual(
    of(records, 'DEAD_LETTER').map((record) => record.code),
    ['TOO_LARGE'],
  );
});

test('older frames are read like envelopes', async () => {
  const nest = { pattern: 'PROVIDER_SYMBOL_PRICES', data: mark(1, 2000) };
  const older = {
    value: { prices: {} },
    options: { ...market, key: 'PROVIDER_SYMBOL_PRICES', updateMoment: START + 2 },
  };
  const { records, last } = await run(file(lines(account, nest, older)));
  assert.equal(of(records, 'DEAD_LETTER').length, 0);
  assert.equal(last.data.events, 3);
});

const commands: [string, unknown, string][] = [
  ['an unknown command', { command: 'explode', actor: 'a', reason: 'r' }, 'COMMAND_UNKNOWN'],
  [
    'a field that is not one of the call',
    { command: 'standdown', enabled: true, reason: 'r', shout: 1 },
    'VALIDATION_FAILED',
  ],
  ['no command at all', { actor: 'a' }, 'VALIDATION_FAILED'],
  [
    'options that are refused',
    { command: 'options', options: { riskManagement: { stopLossPercent: 'x' } } },
    'OPTIONS_INVALID',
  ],
  [
    'a kill switch that is not there',
    { command: 'kill-switch/rearm', incidentId: 'latest', actor: 'a', reason: 'r' },
    'INCIDENT_UNKNOWN',
  ],
];
for (const [title, payload, code] of commands) {
  test(`${title} is recorded with ${code} and changes nothing`, async () => {
    const { records } = await run(file(lines(...trade.slice(0, 3), command(5, payload), open(10, 'first', 1))));
    assert.deepEqual(
      of(records, 'DEAD_LETTER').map((record) => record.code),
      [code],
    );
    assert.equal(of(records, 'REQUEST_DECIDED')[0]?.code, 'OK');
  });
}

test('a command changes options and standdown from its line on', async () => {
  const { records } = await run(
    file(
      lines(
        ...trade.slice(0, 3),
        command(5, {
          command: 'options',
          actor: 'a',
          reason: 'r',
          options: { assetManagement: { excludedAssets: ['ETH'] } },
        }),
        open(10, 'excluded', 1),
        command(15, { command: 'standdown', enabled: true, actor: 'a', reason: 'r' }),
        open(20, 'stood-down', 1),
      ),
    ),
  );
  assert.equal(of(records, 'OPTIONS_CHANGED').length, 1);
  assert.deepEqual(
    of(records, 'REQUEST_DECIDED').map((record) => record.code),
    ['SYMBOL_EXCLUDED', 'STAND_DOWN_ACTIVE'],
  );
});

const badFiles: [string, string, RegExp][] = [
  ['a line that is not JSON', `${lines(account)}{"type":\n`, /^line 2: not JSON/],
  ['a line that is a number', `${lines(account)}42\n`, /^line 2: not an envelope/],
  ['a line without a type', `${lines(account, mark(0, 1), { a: 1 })}`, /^line 3: not an envelope/],
  ['a line without a timestamp', lines({ type: 'CLOCK' }), /^line 1: not an envelope/],
  ['a timestamp as text', lines({ type: 'CLOCK', timestamp: '1' }), /^line 1: not an envelope/],
  ['time that goes back', lines(account, clock(5), clock(4)), /^line 3: .* goes back in time/],
  ['a blank line in the middle', `${lines(account)}\n${lines(clock(1))}`, /^line 2: not JSON/],
  ['an account that comes late', lines(clock(0), account), /^line 2: REPLAY_ACCOUNT must come/],
  [
    'an account that is wrong',
    lines({ ...account, payload: { ...market } }),
    /^line 1: REPLAY_ACCOUNT: .*walletBalance/,
  ],
];
for (const [title, content, message] of badFiles) {
  test(`${title} ends the run with 3 and is named`, async () => {
    await assert.rejects(run(file(content)), { exitCode: 3, message });
  });
}

test('blank lines may end a file, and carriage returns its lines', async () => {
  const { last } = await run(file(`${lines(account, clock(1)).replaceAll('\n', '\r\n')}\r\n\n`));
  assert.equal(last.data.events, 2);
});

test('an empty file is a run without events', async () => {
  const { records, last } = await run(file(''));
  assert.deepEqual(records, []);
  assert.equal(last.data.events, 0);
});

test('what came before a bad line has been written', async () => {
  const out = join(folder, 'partial.out');
  const input = file(`${lines(...trade)}oops\n`);
  const options = file(JSON.stringify(calm));
  await assert.rejects(runReplay({ input, options, venue: 'paper', env: {}, out }), { exitCode: 3 });
  assert.match(readFileSync(out, 'utf8'), /POSITION_CLOSED/);
});

test('all violations of an options file are named, and the run does not begin', async () => {
  const options = file(
    JSON.stringify({ riskManagement: { stopLossPercent: -1 }, tradeSettings: { nonsense: 1 } }),
    'json',
  );
  await assert.rejects(run(file(lines(account)), { options }), (error: Error & { exitCode?: number }) => {
    assert.equal(error.exitCode, 2);
    assert.match(error.message, /stopLossPercent/);
    assert.match(error.message, /nonsense/);
    return true;
  });
});

const unreadable: [string, Partial<ReplayConfig>][] = [
  ['an input that is not there', { input: join(folder, 'nowhere') }],
  ['an options file that is not there', { options: join(folder, 'nowhere') }],
  ['an options file that is not JSON', { options: file('{', 'json') }],
  ['an output that cannot be written', { out: join(folder, 'no', 'such', 'folder') }],
  ['a balance that is no number', { env: { PAPER_BALANCE: 'much' } }],
  ['a fee that is no number', { env: { PAPER_MAKER_FEE_PERCENT: 'NaN' } }],
];
for (const [title, config] of unreadable) {
  test(`${title} ends the run with 2`, async () => {
    await assert.rejects(run(file(lines(account)), config), { exitCode: 2 });
  });
}

test('two option sets are compared request by request, with trips and results', async () => {
  const tight = { ...calm, tradeSettings: { ...calm.tradeSettings, maxOrderNotionalUsd: 1000 } };
  const { records, last, text } = await run(file(lines(...trade)), { compare: file(JSON.stringify(tight), 'json') });
  assert.equal(last.kind, 'REPLAY_SUMMARY');
  const comparison = records.at(-1) as unknown as { kind: string; data: Record<string, unknown> };
  assert.equal(comparison.kind, 'REPLAY_COMPARISON');
  assert.deepEqual(comparison.data.requests, {
    total: 1,
    differing: 1,
    unlisted: 0,
    data: [
      {
        requestId: 'first',
        line: 4,
        base: { decision: 'ALLOW', code: 'OK' },
        other: { decision: 'BLOCK', code: 'ORDER_NOTIONAL' },
      },
    ],
  });
  assert.deepEqual(comparison.data.closedTrades, { base: 1, other: 0, difference: -1 });
  // The records are those of the base run.
  const alone = await run(file(lines(...trade)));
  assert.equal(
    text
      .split('\n')
      .filter((line) => !line.includes('REPLAY_COMPARISON'))
      .join('\n'),
    alone.text,
  );
});

const DATA = join(import.meta.dirname, '../../../../../shared/data');
for (const [name, kind] of [
  ['usdm_btcusdt_20240808.gz', 'futures'],
  ['spot_btcusdt_20240808.gz', 'spot'],
] as const) {
  const path = join(DATA, name);
  const skip = existsSync(path) ? false : 'shared/data is not beside the project';

  test(`the capture ${name} replays without a dead letter, and to the same bytes twice`, { skip }, async () => {
    const bytes = gunzipSync(readFileSync(path)).subarray(0, 4_000_000);
    const input = file(bytes.subarray(0, bytes.lastIndexOf(10) + 1), 'txt');
    const capture = { connector: 'binance', market: kind };
    const first = await run(input, { capture });
    const second = await run(input, { capture });
    assert.equal(of(first.records, 'DEAD_LETTER').length, 0);
    assert.ok(Number(first.last.data.events) > 5000);
    assert.equal(second.text, first.text);
  });
}

test('a capture line that is none ends the run with 3 and is named', async () => {
  const capture = { connector: 'binance', market: 'futures' } as const;
  await assert.rejects(run(file('1723161255030314667 {"result":null}\noops\n', 'txt'), { capture }), {
    exitCode: 3,
    message: /^line 2: /,
  });
});
