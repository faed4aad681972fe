/** What venues' own codes mean: each in the shape in which ccxt raises it, at the status at which the venue sends it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Meaning, troubleOf } from '../venue-trouble.ts';
import { HttpAnswer, type OfflineVenue, offlineVenue } from './testing/offline-venue.ts';

type Case = readonly [code: string, meaning: Meaning, words?: string];

/** What is made of an answer to placing. */
async function meaningOf(venue: OfflineVenue, path: string, answer: unknown): Promise<string> {
  venue.answers[path] = answer;
  const { profile } = venue;
  try {
    await venue.venue.createOrder(venue.instrument.unified, 'limit', 'buy', 1, 60_000, { clientOrderId: 'ins0' });
  } catch (error) {
    return troubleOf(error, profile.codes, profile.phrases).meaning;
  }
  return 'none';
}

async function assertMeanings(
  venue: OfflineVenue,
  path: string,
  [cases, answerOf]: [readonly Case[], (code: string, words: string) => unknown],
): Promise<void> {
  for (const [code, meaning, words = 'words'] of cases)
    assert.equal(await meaningOf(venue, path, answerOf(code, words)), meaning, `${code} ${words}`);
}

const binanceAnswer = (code: string, msg: string): HttpAnswer => new HttpAnswer(400, { code: Number(code), msg });

test('Binance futures', async () => {
  const venue = await offlineVenue('binance', 'futures', { symbol: 'BTCUSDT' });
  const cases: Case[] = [
    ['-1000', 'outcome-unknown'],
    ['-1001', 'outcome-unknown'],
    ['-1006', 'outcome-unknown'],
    ['-1007', 'outcome-unknown'],
    ['-1008', 'not-taken'],
    ['-1003', 'rate-limit'],
    ['-1015', 'rate-limit'],
    ['-1021', 'clock'],
    ['-5028', 'clock'],
    ['-1022', 'key'],
    ['-2015', 'permission'],
    ['-1121', 'symbol'],
    ['-2011', 'no-such-order'],
    ['-2013', 'no-such-order'],
    ['-4117', 'no-such-order'],
    ['-2019', 'margin'],
    ['-2027', 'margin'],
    ['-2028', 'margin'],
    ['-2021', 'would-trigger'],
    ['-2022', 'reduce-only'],
    ['-4118', 'reduce-only'],
    ['-4116', 'duplicate'],
    ['-4111', 'refused'],
    ['-4164', 'min-size'],
    ['-1111', 'min-size'],
    ['-4023', 'min-size'],
    ['-4061', 'account-mode'],
    ['-4168', 'account-mode'],
    ['-2023', 'refused'],
    ['-4045', 'refused'],
    ['-4131', 'refused'],
    ['-4192', 'refused'],
    ['-4400', 'refused'],
    ['-4046', 'no-change', 'No need to change margin type.'],
    ['-9999', 'refused'],
  ];
  await assertMeanings(venue, '/fapi/v1/order', [cases, binanceAnswer]);
  const statuses: [number, object, string][] = [
    [503, { msg: 'Unknown error, please check your request or try again later.' }, 'outcome-unknown'],
    [503, { msg: 'Service Unavailable.' }, 'outcome-unknown'],
    [503, { code: -1008, msg: 'overloaded' }, 'not-taken'],
    [408, { code: -1007, msg: 'Timeout' }, 'outcome-unknown'],
    [429, { code: -1003, msg: 'Too many requests' }, 'rate-limit'],
    [502, { msg: 'Bad Gateway' }, 'outcome-unknown'],
  ];
  for (const [status, body, meaning] of statuses)
    assert.equal(await meaningOf(venue, '/fapi/v1/order', new HttpAnswer(status, body)), meaning, JSON.stringify(body));
});

test('Binance spot, whose codes mean several things', async () => {
  const venue = await offlineVenue('binance', 'spot', { symbol: 'BTCUSDT' });
  const cases: Case[] = [
    ['-2010', 'duplicate', 'Duplicate order sent.'],
    ['-2010', 'margin', 'Account has insufficient balance for requested action.'],
    ['-2010', 'would-trigger', 'Stop price would trigger immediately.'],
    ['-2010', 'would-trigger', 'Order would trigger immediately.'],
    ['-2010', 'permission', 'This action is disabled on this account.'],
    ['-2010', 'permission', 'This symbol is not permitted for this account.'],
    ['-2010', 'refused', 'Market is closed.'],
    ['-1013', 'min-size', 'Filter failure: LOT_SIZE'],
    ['-1013', 'min-size', 'Filter failure: MARKET_LOT_SIZE'],
    ['-1013', 'min-size', 'Filter failure: NOTIONAL'],
    ['-1013', 'refused', 'Filter failure: PERCENT_PRICE_BY_SIDE'],
    ['-1013', 'refused', 'Filter failure: MAX_NUM_ALGO_ORDERS'],
    ['-1106', 'refused'],
    ['-2011', 'no-such-order', 'Unknown order sent.'],
    ['-2013', 'no-such-order'],
    ['-2026', 'no-such-order'],
    ['-1006', 'outcome-unknown'],
    ['-1007', 'outcome-unknown'],
    ['-1015', 'rate-limit'],
    ['-1021', 'clock'],
    ['-2015', 'permission'],
  ];
  await assertMeanings(venue, '/api/v3/order', [cases, binanceAnswer]);
});

test('Bybit, whose unknown outcomes come with status 200', async () => {
  const venue = await offlineVenue('bybit', 'futures', { symbol: 'BTCUSDT' });
  const answerOf = (code: string, retMsg: string) => ({ retCode: Number(code), retMsg, result: {} });
  const cases: Case[] = [
    ['10000', 'outcome-unknown'],
    ['10016', 'outcome-unknown'],
    ['10019', 'outcome-unknown'],
    ['429', 'outcome-unknown'],
    ['-1', 'outcome-unknown'],
    ['10429', 'rate-limit'],
    ['10006', 'rate-limit'],
    ['10018', 'rate-limit'],
    ['10002', 'clock'],
    ['10003', 'key'],
    ['33004', 'key'],
    ['10005', 'permission'],
    ['10010', 'ip'],
    ['10024', 'restricted'],
    ['10009', 'banned'],
    ['10028', 'account-mode'],
    ['110024', 'account-mode'],
    ['10001', 'refused'],
    ['10001', 'account-mode', 'position idx not match position mode'],
    ['10001', 'min-size', 'Qty invalid'],
    ['110001', 'no-such-order'],
    ['110008', 'no-such-order'],
    ['110010', 'no-such-order'],
    ['110079', 'not-taken'],
    ['110066', 'not-taken'],
    ['110007', 'margin'],
    ['110045', 'margin'],
    ['110090', 'margin'],
    ['110017', 'reduce-only'],
    ['110034', 'reduce-only'],
    ['110023', 'refused'],
    ['110009', 'refused'],
    ['110072', 'duplicate'],
    ['110092', 'would-trigger'],
    ['110093', 'would-trigger'],
    ['110094', 'min-size'],
    ['30208', 'refused'],
    ['110043', 'no-change'],
    ['999999', 'refused'],
  ];
  await assertMeanings(venue, '/v5/order/create', [cases, answerOf]);
});

test('OKX, by the code of the single order', async () => {
  const venue = await offlineVenue('okx', 'futures', { symbol: 'BTC-USDT-SWAP' });
  const row = (sCode: string) => ({ clOrdId: 'ins0', ordId: '', sCode, sMsg: 'words', tag: '' });
  const ofOrder = (sCode: string) => ({ code: '1', msg: 'All operations failed', data: [row(sCode)] });
  const cases: Case[] = [
    ['51149', 'outcome-unknown'],
    ['51054', 'outcome-unknown'],
    ['51300', 'would-trigger'],
    ['51302', 'would-trigger'],
    ['51303', 'would-trigger'],
    ['51304', 'would-trigger'],
    ['51277', 'would-trigger'],
    ['51280', 'would-trigger'],
    ['51250', 'refused'],
    ['51169', 'reduce-only'],
    ['51170', 'reduce-only'],
    ['51205', 'reduce-only'],
    ['51016', 'duplicate'],
    ['51065', 'duplicate'],
    ['51068', 'duplicate'],
    ['51008', 'margin'],
    ['51004', 'margin'],
    ['51020', 'min-size'],
    ['51121', 'min-size'],
    ['51010', 'account-mode'],
    ['51155', 'restricted'],
    ['51030', 'not-taken'],
    ['51410', 'not-taken'],
    ['51412', 'no-such-order'],
    ['51416', 'no-such-order'],
    ['51400', 'no-such-order'],
    ['51298', 'refused'],
    ['54035', 'refused'],
    ['59999', 'refused'],
  ];
  await assertMeanings(venue, '/api/v5/trade/order', [cases, ofOrder]);
  const ofAnswer = (code: string) => ({ code, msg: 'words', data: [] });
  const whole: Case[] = [
    ['50001', 'maintenance'],
    ['50004', 'outcome-unknown'],
    ['50026', 'outcome-unknown'],
    ['50013', 'not-taken'],
    ['50011', 'rate-limit'],
    ['50061', 'rate-limit'],
    ['50102', 'clock'],
    ['50110', 'ip'],
    ['50119', 'key'],
    ['50120', 'permission'],
    ['51603', 'no-such-order'],
  ];
  await assertMeanings(venue, '/api/v5/trade/order', [whole, ofAnswer]);
  const two = { code: '1', msg: '', data: [row('51149'), row('51008')] };
  assert.equal(await meaningOf(venue, '/api/v5/trade/order', two), 'outcome-unknown', 'the first counts');
});
