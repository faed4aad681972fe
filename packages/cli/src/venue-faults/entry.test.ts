/** What goes before an entry at a live venue, and what keeps one from leaving. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type GuardedVenue, ready, startGuarded, tail } from './testing/guarded-venue.ts';
import { until } from './testing/until.ts';

const paths = ({ venue }: GuardedVenue) =>
  venue
    .requests()
    .filter(({ method }) => method === 'POST')
    .map(({ path }) => path.split('/').at(-1));

const entered = ({ venue }: GuardedVenue) => venue.account().fills.length > 0;
const resultsOf = ({ audit }: GuardedVenue) => audit().filter(({ kind }) => kind === 'ORDER_RESULT');

describe('an entry at a live venue', { concurrency: 4 }, () => {
  test('margin mode and leverage are set before it, once for a symbol', async (t) => {
    const options = { tradeSettings: { marginMode: 'isolated', maxLeverage: 20 } };
    const guarded = await startGuarded(t, { options });
    await ready(guarded);
    guarded.open({ leverage: 7 });
    await until(
      () => entered(guarded),
      () => `it has filled\n${tail(guarded.inspector)}`,
    );
    const sent = paths(guarded).filter((path) => path !== 'listenKey');
    assert.deepEqual(sent.slice(0, 3), ['marginType', 'leverage', 'order']);
    await guarded.protectedOrFlat();
    guarded.open({ leverage: 7 });
    await until(() => guarded.venue.account().fills.length === 2, 'the second has filled');
    assert.equal(paths(guarded).filter((path) => path === 'leverage').length, 1);
  });

  test('a leverage that the venue refuses keeps it from leaving', async (t) => {
    const guarded = await startGuarded(t, { options: { tradeSettings: { maxLeverage: 125 } } });
    await ready(guarded);
    guarded.venue.faults.serverErrors = { status: 400, body: 'json', paths: ['leverage'] };
    guarded.open({ leverage: 7 });
    await until(
      () => resultsOf(guarded).length > 0,
      () => `an answer\n${tail(guarded.inspector)}`,
    );
    assert.match(resultsOf(guarded)[0]!.message, /REJECTED/);
    assert.equal(guarded.venue.placings().size, 0);
  });

  test('while the account cannot be read it is refused with the reason, and exits go on', async (t) => {
    const guarded = await startGuarded(t);
    await ready(guarded);
    const { venue, inspector } = guarded;
    guarded.owner('BUY', 0.02);
    await until(
      () => guarded.position() !== undefined,
      () => `Inspector knows of it\n${tail(inspector)}`,
    );
    await guarded.protectedOrFlat();
    venue.faults.refuse = 'no-permission';
    await until(() => guarded.logs.some((line) => line.includes('permission')), 'it is noticed');
    guarded.open({ symbol: { name: 'ETHUSDT' }, quantity: 0.4 });
    await until(
      () =>
        resultsOf(guarded).some(({ data }) => data.purpose === 'ENTRY' && /permission/.test(String(data.reasonText))),
      () => `it is refused\n${tail(inspector)}`,
    );
    const tried = venue.requests().length;
    const { positionId } = guarded.position()!;
    await guarded.call(`/risk/positions/${positionId}/close`, { reason: 'out', actor: 'owner' });
    await until(
      () =>
        venue
          .requests()
          .slice(tried)
          .some(({ method, path }) => method === 'POST' && path.endsWith('/order')),
      () => `the close was tried\n${tail(inspector)}`,
    );
    venue.faults.clear();
    await until(
      () => venue.account().positions.length === 0,
      () => `and ends when it can\n${tail(inspector)}`,
    );
  });
});
