import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { binanceFuturesCodes as codes } from './profiles/binance-futures-codes.ts';
import { ccxtError } from './testing/ccxt-errors.ts';
import { adviceFor, type Meaning, meanings, troubleOf } from './venue-trouble.ts';

const answered = (code: number, msg: string): string => `binanceusdm {"code":${code},"msg":"${msg}"}`;
const httpError = (status: string): string =>
  `binanceusdm POST https://fapi.binance.com/fapi/v1/order ${status} <html><h1>${status}</h1></html>`;

describe('what a trouble with a venue means', () => {
  /** Class of ccxt, its text, what that means, and the venue's code in it. */
  const cases: readonly [string, string, Meaning, string?][] = [
    // By the venue's code, whatever class ccxt made of it.
    ['InsufficientFunds', answered(-2019, 'Margin is insufficient.'), 'margin', '-2019'],
    ['OperationRejected', answered(-2021, 'Order would immediately trigger.'), 'would-trigger', '-2021'],
    ['OrderNotFillable', answered(-2022, 'ReduceOnly Order is rejected.'), 'reduce-only', '-2022'],
    ['InvalidOrder', answered(-4116, 'ClientOrderId is duplicated.'), 'duplicate', '-4116'],
    ['OrderNotFound', answered(-2013, 'Order does not exist.'), 'no-such-order', '-2013'],
    ['OrderNotFound', answered(-2011, 'Unknown order sent.'), 'no-such-order', '-2011'],
    ['AuthenticationError', answered(-2014, 'API-key format invalid.'), 'key', '-2014'],
    ['AuthenticationError', answered(-2015, 'Invalid API-key, IP, or permissions for action.'), 'permission', '-2015'],
    ['InvalidNonce', answered(-1021, 'Timestamp for this request is outside of the recvWindow.'), 'clock', '-1021'],
    ['PermissionDenied', answered(-4192, 'Only reductions are allowed.'), 'refused', '-4192'],
    [
      'OperationFailed',
      answered(-1007, 'Timeout waiting for response from backend server.'),
      'outcome-unknown',
      '-1007',
    ],
    ['OperationFailed', answered(-1000, 'An unknown error occurred.'), 'outcome-unknown', '-1000'],
    ['OperationFailed', answered(-1008, 'Server is currently overloaded.'), 'not-taken', '-1008'],
    ['OperationFailed', answered(-1016, 'This service is no longer available.'), 'maintenance', '-1016'],
    // By the class, where the code says nothing or is not known.
    ['InsufficientFunds', answered(-9999, 'a code of tomorrow'), 'margin', '-9999'],
    ['ExchangeError', answered(-9999, 'a code of tomorrow'), 'refused', '-9999'],
    ['InvalidOrder', 'binanceusdm stop price is missing', 'refused'],
    ['RequestTimeout', 'binanceusdm request timed out (5000 ms)', 'outcome-unknown'],
    ['NetworkError', 'binanceusdm fetch failed: other side closed', 'outcome-unknown'],
    ['ExchangeNotAvailable', httpError('502 Bad Gateway'), 'outcome-unknown'],
    ['ExchangeNotAvailable', httpError('503 Service Unavailable'), 'outcome-unknown'],
    ['ExchangeClosedByUser', 'closedByUser', 'outcome-unknown'],
    ['NullResponse', 'binanceusdm returned nothing', 'outcome-unknown'],
    ['BadResponse', 'binanceusdm returned no JSON', 'outcome-unknown'],
    ['OnMaintenance', 'binanceusdm is under maintenance', 'maintenance'],
    ['RateLimitExceeded', 'bybit 403 Forbidden', 'rate-limit'],
    ['DDoSProtection', httpError('429 Too Many Requests'), 'rate-limit'],
    ['DDoSProtection', httpError("418 I'm a teapot"), 'banned'],
    ['ExchangeError', 'order 418 is refused', 'refused'],
    ['NetworkError', 'binanceusdm fetch failed: connect ECONNREFUSED 127.0.0.1:1', 'not-taken'],
    ['NetworkError', 'binanceusdm fetch failed: getaddrinfo ENOTFOUND fapi.binance.com', 'not-taken'],
    ['NetworkError', 'binanceusdm fetch failed: getaddrinfo EAI_AGAIN fapi.binance.com', 'not-taken'],
    ['NetworkError', 'binanceusdm fetch failed: UND_ERR_CONNECT_TIMEOUT', 'not-taken'],
    ['MarginModeAlreadySet', 'No need to change margin type.', 'no-change'],
    ['BadSymbol', 'binanceusdm does not have market symbol X', 'symbol'],
    ['MarketClosed', 'the market is closed', 'refused'],
    ['AccountSuspended', 'the account is frozen', 'permission'],
    ['RestrictedLocation', 'not in this country', 'restricted'],
    // By the status alone: gateways turn away before the venue proper, so nothing was taken.
    ['ExchangeNotAvailable', httpError('403 Forbidden'), 'ip'],
    ['ExchangeNotAvailable', httpError('451 Unavailable For Legal Reasons'), 'restricted'],
    ['ExchangeNotAvailable', 'binanceusdm order 403 is lost', 'outcome-unknown'],
  ];
  for (const [name, text, meaning, code] of cases) {
    it(`${name} "${text.slice(0, 90)}" is ${meaning}`, () => {
      const trouble = troubleOf(ccxtError(name, text), codes);
      assert.deepEqual([trouble.meaning, trouble.code], [meaning, code]);
    });
  }

  it('knows no outcome of what is no answer at all', () => {
    assert.equal(troubleOf(new TypeError('x is undefined'), codes).meaning, 'outcome-unknown');
    assert.equal(troubleOf('a text', codes).meaning, 'outcome-unknown');
    assert.equal(troubleOf(undefined, codes).meaning, 'outcome-unknown');
  });

  it('looks at the venue’s words before its code', () => {
    const error = ccxtError('ExchangeError', 'bybit {"retCode":10001,"retMsg":"position idx not match position mode"}');
    const phrases = [[/position idx not match/i, 'account-mode']] as const;
    const known = { '10001': 'refused' } as const;
    assert.equal(troubleOf(error, known, phrases).meaning, 'account-mode');
    assert.equal(troubleOf(error, known).meaning, 'refused');
  });
});

describe('the code of a trouble', () => {
  const codeOf = (text: string): string | undefined => troubleOf(ccxtError('ExchangeError', text), {}).code;

  it('is the one inside of the wrappers 0, 1 and 2', () => {
    for (const wrapper of ['0', '1', '2']) {
      assert.equal(codeOf(`okx {"code":"${wrapper}","data":[{"sCode":"51008","sMsg":"no"}]}`), '51008');
      assert.equal(codeOf(`okx {"code":"${wrapper}","data":[],"msg":"no"}`), undefined);
      assert.equal(codeOf(`okx {"code":"${wrapper}","data":[{"sCode":"0","sMsg":""}]}`), undefined);
    }
    assert.equal(codeOf('okx {"code":"3","msg":"no"}'), '3');
  });

  it('is read under each name that venues have for it, as number or text', () => {
    for (const field of ['"code":-1021', '"retCode":-1021', '"ret_code":"-1021"', '"error_code" : "-1021"'])
      assert.equal(codeOf(`venue {${field},"msg":"no"}`), '-1021');
    assert.equal(codeOf('venue {"code":"50001.x"}'), '50001.x');
    assert.equal(codeOf('venue says no'), undefined);
  });
});

describe('the words of a trouble', () => {
  const wordsOf = (text: string): string => troubleOf(ccxtError('ExchangeError', text), {}).words;

  const secrets: readonly [string, string][] = [
    [
      'venue GET https://fapi.binance.com/fapi/v1/order?symbol=X&timestamp=1&signature=5ec2e7 400 Bad Request {"code":-1}',
      'venue GET /fapi/v1/order 400 Bad Request {"code":-1}',
    ],
    ['lost wss://fstream.binance.com/ws/5ec2e7', 'lost the stream'],
    ['lost wss://fstream.binance.com/private/ws?listenKey=5ec2e7', 'lost the stream'],
    ['lost ws://127.0.0.1:80/stream/5ec2e7 again', 'lost the stream again'],
    ['signature=5ec2e7&x=1 and apiKey=5ec2e7', 'signature=…&x=1 and apiKey=…'],
    ['API_KEY=5ec2e7 secret=5ec2e7 listenKey=5ec2e7 passphrase=5ec2e7', 'API_KEY=… secret=… listenKey=… passphrase=…'],
  ];
  for (const [text, words] of secrets) {
    it(`of "${text.slice(0, 60)}" hold no secret`, () => {
      assert.equal(wordsOf(text), words);
      assert.ok(!wordsOf(text).includes('5ec2e7'));
    });
  }

  it('are those of a page without its tags', () => {
    assert.equal(wordsOf('502 <html>\n<body> <h1>Bad   Gateway</h1></body></html>'), '502 Bad Gateway');
  });

  it('are cut after 300 characters', () => {
    assert.equal(wordsOf('x'.repeat(300)), 'x'.repeat(300));
    assert.equal(wordsOf('x'.repeat(301)), `${'x'.repeat(300)}…`);
  });
});

describe('the advice for a trouble', () => {
  it('names the variables of the exchange', () => {
    const advice = adviceFor({ meaning: 'key' }, 'okx') ?? '';
    for (const name of ['CCXT_OKX_API_KEY', 'CCXT_OKX_SECRET', 'CCXT_OKX_TESTNET']) assert.ok(advice.includes(name));
  });

  it('is there for what the owner has to see to, and for nothing else', () => {
    const advised = meanings.filter((meaning) => adviceFor({ meaning }, 'binance') !== undefined);
    assert.deepEqual(advised.toSorted(), [
      ...['account-mode', 'banned', 'clock', 'ip', 'key', 'maintenance', 'permission', 'rate-limit', 'restricted'],
    ]);
  });
});
