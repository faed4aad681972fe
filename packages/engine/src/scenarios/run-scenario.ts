/**
 * Scenarios: event logs that can be read without the code. A file `NAME.scenario` holds one event a line, in order:
 *
 *     # what it is about
 *     options {"riskManagement":{"maxDailyLossPercent":2}}      limits that are on; all others are off
 *     account 50000 [{"symbol":…}]                              wallet in USD, and what was held before
 *     12:00:00.500 price ETHUSDT 1949                           mark and book at that price; time of 2024-08-08 UTC
 *     12:00:02.500 open later SOLUSDT LONG {"quantity":1}       a request and its id
 *
 * Further events: book, mark, trade, close, reduce, flip, check, command, balance, transfer, clock. A time past midnight
 * is written with the day before it: `+1 00:00:00.000`. Orders are filled by the small venue, without fees.
 */
import { type Bench, openBench, type Seen } from '#testing/bench.ts';

const MIDNIGHT = 1_723_075_200_000;
const DAY_MS = 86_400_000;

/** Runs the text of a scenario and returns its trail, one readable line a record. */
export function runScenario(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const setting = (name: string) => lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1);
  const events = lines.filter((line) => !/^(options|account) /.test(line));
  const [wallet, ...positions] = (setting('account') ?? '50000').split(' ');
  const bench = openBench({
    options: JSON.parse(setting('options') ?? '{}'),
    wallet: Number(wallet),
    positions: positions.length > 0 ? JSON.parse(positions.join(' ')) : [],
  });
  for (const line of events) play(bench, line);
  return `${bench.records.filter(isTold).map(shownRecord).join('\n')}\n`;
}

function play(bench: Bench, line: string): void {
  const parsed = /^(?:\+(\d+) )?(\d\d):(\d\d):(\d\d)\.(\d{3}) (\S+) ?(.*)$/.exec(line);
  if (parsed === null) throw new Error(`not an event: ${line}`);
  const [, day = '0', hours, minutes, seconds, ms, event = '', rest = ''] = parsed;
  const time = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(ms);
  bench.at(MIDNIGHT + Number(day) * DAY_MS + time - 1_723_118_400_000);
  apply(bench, event, rest.split(' '), rest);
}

function apply(bench: Bench, event: string, words: string[], rest: string): void {
  const [first = '', second = '', third = ''] = words;
  switch (event) {
    case 'price':
      bench.price(first, Number(second));
      return;
    case 'book':
      bench.book(first, Number(second));
      return;
    case 'mark':
      bench.mark(first, Number(second));
      return;
    case 'trade':
      bench.trade(first, Number(second));
      return;
    case 'clock':
      bench.feed({ kind: 'clock', now: bench.now, line: true });
      return;
    case 'balance':
      bench.balance(Number(first));
      return;
    case 'transfer':
      bench.transfer(Number(first));
      return;
    case 'command':
      bench.command(first, fieldsIn(rest), 'ann');
      return;
    case 'check':
    case 'open':
    case 'close':
    case 'reduce':
    case 'flip': {
      const request = { requestId: first, symbol: second, side: third, ...fieldsIn(rest) };
      if (event === 'check') bench.check(request);
      else bench.request(event, request);
      return;
    }
    default:
      throw new Error(`no event is called ${event}`);
  }
}

function fieldsIn(rest: string): Record<string, unknown> {
  const start = rest.indexOf('{');
  return start < 0 ? {} : JSON.parse(rest.slice(start));
}

/** Left out: an intent says what the sending says again, an alert what the record before it said. */
function isTold({ kind, data }: Seen): boolean {
  if (kind === 'ALERT_SENT') return data.unknownMs !== undefined;
  return kind !== 'ORDER_INTENT' && kind !== 'DATA_GAP';
}

/** Time, kind, code, request and the record's own sentence. */
function shownRecord(record: Seen): string {
  const time = record.ts - MIDNIGHT;
  const day = Math.floor(time / DAY_MS);
  const clock = [3_600_000, 60_000, 1000].map((unit, index) => {
    const count = Math.floor((time % DAY_MS) / unit) % (index === 0 ? 24 : 60);
    return String(count).padStart(2, '0');
  });
  const at = `${day > 0 ? `+${day} ` : ''}${clock.join(':')}.${String(time % 1000).padStart(3, '0')}`;
  return `${at} ${record.kind} ${record.code}${record.requestId === undefined ? '' : ` [${record.requestId}]`}: ${anonymous(record.message)}`;
}

/** Ids are hashes: the same on every machine, but nothing to read. */
function anonymous(message: string): string {
  return message.replace(/\b(insp|k|p)[0-9a-z]{15,22}\b/g, '$1…');
}
