import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { BookInput, EngineInput } from '@inspector/engine';
import { createCaptureDecoder, isCaptureLineError } from './capture-decoder.ts';

const DATA = join(import.meta.dirname, '../../../../../../shared/data');
const NS = '1723161255088';

function decodeLines(lines: readonly string[], { scan = true, ending = '\n' } = {}): EngineInput[] {
  const inputs: EngineInput[] = [];
  const decoder = createCaptureDecoder({
    connectorType: 'binance',
    marketType: 'futures',
    scan,
    symbols: { idOf: () => -1, count: () => 0 },
  });
  decoder.decode(Buffer.from(lines.map((line) => line + ending).join('')), (input) =>
    inputs.push(structuredClone(input)),
  );
  return inputs;
}

/** As the engine reads it: only the levels that are there. */
function shown(input: EngineInput): unknown {
  if (input.kind !== 'book') return input;
  const { bids, asks, bidCount, askCount } = input;
  return { ...input, bids: [...bids.subarray(0, 2 * bidCount)], asks: [...asks.subarray(0, 2 * askCount)] };
}

const books = (inputs: readonly EngineInput[]) => inputs.filter((input): input is BookInput => input.kind === 'book');
const best = ({ bids, asks }: BookInput) => [bids[0], bids[1], asks[0], asks[1]];

let messages = 0;
const line = (frame: string) => `${NS}${String(messages++).padStart(6, '0')} ${frame}`;
const trade = (price: string, quantity: string, more = '"X":"MARKET"', symbol = 'BTCUSDT') =>
  line(
    `{"stream":"${symbol.toLowerCase()}@trade","data":{"e":"trade","E":1723161256322,"T":1723161256321,"s":"${symbol}","t":5266583935,"p":"${price}","q":"${quantity}",${more},"m":false}}`,
  );
const ticker = (u: number, bid: string, bidQuantity: string, ask: string, askQuantity: string) =>
  line(
    `{"stream":"btcusdt@bookTicker","data":{"e":"bookTicker","u":${u},"s":"BTCUSDT","b":"${bid}","B":"${bidQuantity}","a":"${ask}","A":"${askQuantity}","T":1723161256313,"E":1723161256313}}`,
  );
const depth = (first: number, last: number, previous: number, bids: string[][], asks: string[][]) =>
  line(
    `{"stream":"btcusdt@depth@0ms","data":{"e":"depthUpdate","E":1723161256299,"T":1723161256298,"s":"BTCUSDT","U":${first},"u":${last},"pu":${previous},"b":${JSON.stringify(bids)},"a":${JSON.stringify(asks)}}}`,
  );
const snapshot = (id: number, bids: string[][], asks: string[][]) =>
  line(JSON.stringify({ lastUpdateId: id, E: 1723161256501, T: 1723161256493, bids, asks }));

const START = [
  depth(1, 9, 0, [], []), // so that the symbol is known
  snapshot(
    10,
    [
      ['100.0', '1'],
      ['99.0', '2'],
    ],
    [
      ['101.0', '3'],
      ['102.0', '4'],
    ],
  ),
];

test('a trade is one input with the venue’s time and sequence, its receive time cut to milliseconds', () => {
  const [listed, input] = decodeLines([trade('61800.30', '0.006')]);
  assert.ok(listed?.kind === 'symbol-listed' && listed.name === 'BTCUSDT' && listed.symbol === 0);
  assert.deepEqual(input, {
    kind: 'trade',
    now: 1723161255088,
    symbol: 0,
    price: 61800.3,
    quantity: 0.006,
    time: 1723161256321,
    market: true,
    seq: 5266583935,
  });
});

test('a print that is not of the market says so', () => {
  const inputs = decodeLines([trade('61800.30', '0.006'), trade('61800.30', '0.006', '"X":"INSURANCE_FUND"')]);
  assert.deepEqual(
    inputs.filter((input) => input.kind === 'trade').map((input) => input.market),
    [true, false],
  );
});

test('receive time never goes back', () => {
  const early = trade('1.0', '1').replace(NS, '1723161255000');
  const inputs = decodeLines([trade('1.0', '1'), early]);
  assert.deepEqual(
    inputs.slice(1).map((input) => input.now),
    [1723161255088, 1723161255088],
  );
});

test('symbols are told apart', () => {
  const inputs = decodeLines([
    trade('1.0', '1'),
    trade('2.0', '1', '"X":"MARKET"', 'ETHUSDT'),
    trade('3.0', '1', '"X":"MARKET"', 'ETHUSDT'),
    trade('4.0', '1'),
  ]);
  assert.deepEqual(
    inputs.filter((input) => input.kind === 'trade').map(({ symbol, price }) => [symbol, price]),
    [
      [0, 1],
      [1, 2],
      [1, 3],
      [0, 4],
    ],
  );
});

test('updates before the snapshot are held and joined to it', () => {
  const inputs = decodeLines([
    depth(1, 9, 0, [['99.0', '8']], []), // the snapshot has it
    depth(10, 12, 9, [['100.0', '5']], []),
    depth(13, 15, 12, [['99.5', '7']], [['101.0', '0']]),
    snapshot(
      10,
      [
        ['100.0', '1'],
        ['99.0', '2'],
      ],
      [
        ['101.0', '3'],
        ['102.0', '4'],
      ],
    ),
  ]);
  const [book] = books(inputs);
  assert.equal(books(inputs).length, 1);
  assert.deepEqual([...book!.bids.subarray(0, 2 * book!.bidCount)], [100, 5, 99.5, 7, 99, 2]);
  assert.deepEqual([...book!.asks.subarray(0, 2 * book!.askCount)], [102, 4]);
});

test('a level of quantity 0 goes, others are replaced or come in their order', () => {
  const inputs = decodeLines([
    ...START,
    depth(
      11,
      12,
      9,
      [
        ['99.0', '0'],
        ['98.5', '6'],
      ],
      [
        ['101.0', '9'],
        ['100.5', '1'],
      ],
    ),
  ]);
  const book = books(inputs).at(-1)!;
  assert.deepEqual([...book.bids.subarray(0, 2 * book.bidCount)], [100, 1, 98.5, 6]);
  assert.deepEqual([...book.asks.subarray(0, 2 * book.askCount)], [100.5, 1, 101, 9, 102, 4]);
});

test('a newer best quote is laid over the depth and hides what is better', () => {
  const inputs = decodeLines([...START, ticker(20, '99.5', '7', '102.0', '8')]);
  const book = books(inputs).at(-1)!;
  assert.deepEqual([...book.bids.subarray(0, 2 * book.bidCount)], [99.5, 7, 99, 2]);
  assert.deepEqual([...book.asks.subarray(0, 2 * book.askCount)], [102, 8]);
});

test('depth that has caught up with the best quote counts alone, and nothing hidden was lost', () => {
  const inputs = decodeLines([...START, ticker(20, '99.5', '7', '102.0', '8'), depth(11, 20, 9, [], [])]);
  assert.deepEqual(best(books(inputs).at(-1)!), [100, 1, 101, 3]);
});

test('depth older than the best quote changes only what lies behind it', () => {
  const inputs = decodeLines([
    ...START,
    ticker(20, '100.0', '7', '101.0', '8'),
    depth(
      11,
      15,
      9,
      [
        ['100.0', '0'],
        ['99.0', '3'],
      ],
      [],
    ),
  ]);
  const book = books(inputs).at(-1)!;
  assert.deepEqual([...book.bids.subarray(0, 2 * book.bidCount)], [100, 7, 99, 3]);
});

test('a best quote older than the depth shows nothing', () => {
  const inputs = decodeLines([...START, depth(11, 20, 9, [['99.0', '3']], []), ticker(15, '98.0', '1', '99.0', '1')]);
  assert.equal(books(inputs).length, 2);
});

test('a gap empties the book until the next snapshot, and leaves a number out', () => {
  const inputs = decodeLines([
    ...START,
    depth(11, 12, 9, [['100.0', '2']], []),
    depth(20, 22, 19, [['100.0', '3']], []),
    depth(23, 24, 22, [['100.0', '4']], []),
    snapshot(22, [['100.0', '5']], [['101.0', '6']]),
    depth(25, 26, 24, [['100.0', '7']], []),
  ]);
  assert.deepEqual(
    books(inputs).map((book) => [book.seq, book.bids[1], book.asks[1]]),
    [
      [0, 1, 3],
      [1, 2, 3],
      [4, 4, 6],
      [5, 7, 6],
    ],
  );
});

test('an update within the snapshot is dropped', () => {
  assert.equal(books(decodeLines([...START, depth(5, 10, 4, [['100.0', '9']], [])])).length, 1);
});

test('prices finer than any before are kept exactly', () => {
  const inputs = decodeLines([...START, depth(11, 12, 9, [['100.000001', '5']], [['100.5', '1']])]);
  const book = books(inputs).at(-1)!;
  assert.deepEqual([...book.bids.subarray(0, 6)], [100.000001, 5, 100, 1, 99, 2]);
  assert.deepEqual([...book.asks.subarray(0, 4)], [100.5, 1, 101, 3]);
});

test('a market without a best quote on one side shows no book', () => {
  assert.equal(books(decodeLines([ticker(1, '0.0', '0', '101.0', '8')])).length, 0);
});

test('mark prices are read, streams that say nothing of prices are passed over', () => {
  const inputs = decodeLines([
    line(
      '{"stream":"btcusdt@markPrice@1s","data":{"e":"markPriceUpdate","E":1723161256000,"s":"BTCUSDT","p":"61800.12345678","r":"0.0001"}}',
    ),
    line('{"stream":"btcusdt@kline_1m","data":{"e":"kline","E":1,"s":"BTCUSDT","k":{}}}'),
    line('{"result":null,"id":1}'),
  ]);
  assert.equal(inputs.length, 2);
  assert.ok(inputs[1]?.kind === 'price' && inputs[1].mark && inputs[1].price === 61800.12345678);
});

const badLines: [string, string][] = [
  ['text', 'hello'],
  ['no receive time', '{"stream":"btcusdt@trade","data":{}}'],
  ['half a frame', `${NS}000000 {"stream":"btcusdt@trade","data":{"e":"tra`],
  ['a price that is no number', trade('abc', '1')],
  ['a price that is empty', trade('', '1')],
  ['a blank price', trade(' ', '1')],
];
for (const [title, bad] of badLines) {
  test(`${title} is an error that names the line`, () => {
    for (const scan of [true, false]) {
      assert.throws(
        () => decodeLines([trade('1.0', '1'), trade('2.0', '1'), bad, trade('3.0', '1')], { scan }),
        (error) => isCaptureLineError(error) && error.line === 3,
      );
    }
  });
}

test('lines are counted over pieces, blanks are none', () => {
  const decoder = createCaptureDecoder({
    connectorType: 'b',
    marketType: 'f',
    symbols: { idOf: () => -1, count: () => 0 },
  });
  assert.equal(
    decoder.decode(Buffer.from(`${trade('1.0', '1')}\n${trade('1.0', '1')}\n`), () => {}),
    2,
  );
  assert.equal(
    decoder.decode(Buffer.from(`${trade('1.0', '1')}\n\n`), () => {}),
    1,
  );
  assert.throws(() => decoder.decode(Buffer.from('x\n'), () => {}), { line: 4 });
});

/** What the scanner must leave to JSON.parse, or read as JSON.parse does. */
const oddFrames = [
  trade('61800.30', '0.006').replace('"m":false', '"m": false'),
  trade('61800.30', '0.006').replace('"p":', '"extra":[1,"]}}"],"p":'),
  trade('1234567890.5', '0.1'),
  trade('0.1234567891', '0.1'),
  trade('123456789.123456789', '1'),
  trade('5', '10'),
  trade('1e5', '-0.5'),
  trade('61800.30', '0.006', '"X":"A \\" B"'),
  ticker(5123107839020, '61800.20', '2.507', '61800.30', '2.510'),
  ticker(5123107839021, '0.00001234', '123456789.1', '0.00001235', '1'),
  depth(1, 2, 0, [['1', '2']], []),
  depth(3, 4, 2, [], []).replace('"b":[]', '"b":[ ]'),
];

for (const ending of ['\n', '\r\n']) {
  test(`scanner and JSON.parse agree on odd frames that end with ${JSON.stringify(ending)}`, () => {
    const lines = [trade('1.0', '1'), ...oddFrames, trade('1.0', '1')];
    const [scanned, parsed] = [true, false].map((scan) => decodeLines(lines, { scan, ending }).map(shown));
    assert.deepEqual(scanned, parsed);
    assert.equal(scanned?.filter((input) => (input as EngineInput).kind === 'trade').length, 10);
  });
}

for (const name of ['usdm_btcusdt_20240808.gz', 'spot_btcusdt_20240808.gz']) {
  const path = join(DATA, name);
  const skip = existsSync(path) ? false : 'shared/data is not beside the project';

  test(`scanner and JSON.parse give the same inputs on ${name}`, { skip }, () => {
    const bytes = gunzipSync(readFileSync(path)).subarray(0, 6_000_000);
    const lines = bytes.subarray(0, bytes.lastIndexOf(10) + 1);
    const run = (scan: boolean) => {
      const decoder = createCaptureDecoder({
        connectorType: 'b',
        marketType: 'f',
        scan,
        symbols: { idOf: () => -1, count: () => 0 },
      });
      const seen: string[] = [];
      decoder.decode(lines, (input) => seen.push(JSON.stringify(shown(input))));
      return seen;
    };
    const scanned = run(true);
    const parsed = run(false);
    assert.equal(scanned.length, parsed.length);
    for (const [index, input] of parsed.entries()) assert.equal(scanned[index], input);
  });

  test(`the book of ${name} is never crossed and its levels are best first`, { skip }, () => {
    const bytes = gunzipSync(readFileSync(path)).subarray(0, 6_000_000);
    const decoder = createCaptureDecoder({
      connectorType: 'b',
      marketType: 'f',
      symbols: { idOf: () => -1, count: () => 0 },
    });
    let count = 0;
    decoder.decode(bytes.subarray(0, bytes.lastIndexOf(10) + 1), (input) => {
      if (input.kind !== 'book') return;
      count++;
      const { bids, asks, bidCount, askCount } = input;
      assert.ok(bids[0]! < asks[0]!, `crossed: ${bids[0]} ${asks[0]}`);
      for (let level = 1; level < bidCount; level++)
        assert.ok(bids[2 * level]! < bids[2 * level - 2]! && bids[2 * level + 1]! > 0);
      for (let level = 1; level < askCount; level++)
        assert.ok(asks[2 * level]! > asks[2 * level - 2]! && asks[2 * level + 1]! > 0);
    });
    assert.ok(count > 1000);
  });
}
