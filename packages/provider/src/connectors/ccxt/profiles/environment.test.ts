/** Where requests go, and what is asked at the start. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probe } from '../probe.ts';
import { loadVenue, type Venue } from '../venue.ts';
import { profileOf } from './index.ts';
import { cannedMarkets } from './testing/canned-markets.ts';

const markets = [
  ['binance', 'futures'],
  ['binance', 'spot'],
  ['bybit', 'futures'],
  ['okx', 'futures'],
] as const;

const open = (exchange: string, marketType: string, testnet: boolean): Promise<Venue> =>
  loadVenue(profileOf(exchange, marketType), { apiKey: 'key', secret: 'secret', password: 'word', testnet, url: null });

test('a start asks for markets only, with a key as without', async () => {
  for (const [exchange, marketType] of markets) {
    const venue = await open(exchange, marketType, false);
    const asked = new Set<string>();
    venue.fetch = async (url) => {
      const { pathname } = new URL(url);
      asked.add(pathname);
      return cannedMarkets[pathname];
    };
    await venue.loadMarkets(true);
    assert.ok(
      [...asked].every((path) => path in cannedMarkets),
      `${exchange} ${marketType} asks ${[...asked]}`,
    );
  }
});

test('each goes to its test environment, and signs what it asks there', async () => {
  const environments = [
    ['binance', 'futures', 'demo-fapi.binance.com', /signature=/],
    ['binance', 'spot', 'demo-api.binance.com', /signature=/],
    ['bybit', 'futures', 'api-testnet.bybit.com', /X-BAPI-SIGN/],
    ['okx', 'futures', 'www.okx.com', /x-simulated-trading":"1".*OK-ACCESS-SIGN/],
  ] as const;
  for (const [exchange, marketType, host, signature] of environments) {
    const venue = await open(exchange, marketType, true);
    const asked: { host: string; text: string }[] = [];
    venue.fetch = async (url, _method, headers) => {
      // As ccxt's own `fetch` puts them together.
      const whole = { ...(venue.headers as object), ...(headers as object) };
      asked.push({ host: new URL(url).host, text: `${url} ${JSON.stringify(whole)}` });
      const answer = cannedMarkets[new URL(url).pathname];
      if (answer === undefined) throw new Error('nothing leaves');
      return answer;
    };
    await assert.rejects(venue.fetchBalance(), /nothing leaves/);
    assert.deepEqual([...new Set(asked.map((each) => each.host))], [host]);
    assert.match(asked.at(-1)!.text, signature);
  }
});

test('the four markets are looked after, others get what ccxt offers', () => {
  for (const [exchange, marketType] of markets) {
    const profile = profileOf(exchange, marketType);
    assert.ok(profile.userWords !== undefined && profile.accountMode !== undefined, `${exchange} ${marketType}`);
    assert.ok(profile.defaultSymbols.length > 0);
  }
  for (const [exchange, marketType] of [
    ['bybit', 'spot'],
    ['okx', 'spot'],
    ['bitget', 'futures'],
    ['constructor', 'futures'],
  ] as const)
    assert.equal(profileOf(exchange, marketType).userWords, undefined);
  assert.throws(() => profileOf('binance', 'margin'), { code: 'MARKET_TYPE_UNKNOWN' });
  assert.notEqual(profileOf('okx', 'futures'), profileOf('okx', 'futures'), 'one for each account');
});

test('what the venues can do, as docs/venues.md says', async () => {
  const futures = ['reduce-only', 'stop-orders', 'target-orders', 'stop-and-target-together', 'stop-by-mark'];
  const everywhere = ['client-ids', 'client-ids-on-conditional-orders', 'account-stream'];
  const contracts = [...futures, ...everywhere, 'replace-without-gap', 'leverage'];
  const can = {
    'binance futures': [...contracts, 'cancel-all'],
    'binance spot': ['stop-orders', ...everywhere, 'cancel-all'],
    'bybit futures': [...contracts, 'cancel-all'],
    'okx futures': contracts,
  };
  for (const [exchange, marketType] of markets) {
    const venue = await open(exchange, marketType, false);
    const shown = probe(venue, profileOf(exchange, marketType), { isHedged: false });
    const name = `${exchange} ${marketType}` as keyof typeof can;
    assert.deepEqual(shown.flatMap((each) => (each.can ? each.name : [])).sort(), [...can[name]].sort(), name);
  }
});
