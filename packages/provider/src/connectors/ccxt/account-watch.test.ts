import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ConnectorError } from '../connector.ts';
import { pass, settled, standStill } from './testing/standing-clock.ts';
import { watchedAccount, watchedLive } from './testing/watched-account.ts';

describe('the watch over the account at its start', () => {
  beforeEach(standStill);

  it('tells the account once when the stream is open, without a gap', async () => {
    const { watch, done, live } = watchedAccount();
    watch.start();
    await pass(500);
    assert.deepEqual([done, watch.reason], [[], 'the account stream is being opened']);
    await live();
    await pass(100);
    assert.deepEqual(
      done.filter((each) => each !== 'checked'),
      ['told'],
    );
    assert.equal(watch.reason, undefined);
    watch.stop();
  });

  it('tells it without the stream after 3 s, and says that it is not live', async () => {
    const { watch, done } = watchedAccount();
    watch.start();
    await pass(2_990);
    assert.deepEqual(done, []);
    await pass(10);
    assert.deepEqual([done, watch.reason], [['told'], 'the account stream is being opened']);
    watch.stop();
  });

  it('holds up whoever waits for the first telling until then, or until it takes too long', async () => {
    const { watch, is } = watchedAccount({ isPolled: true });
    const heard: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    is.telling = () => promise;
    void watch.first(1_000).then(() => heard.push('1 s'));
    void watch.first(60_000).then(() => heard.push('60 s'));
    watch.start();
    await pass(990);
    assert.deepEqual(heard, []);
    await pass(10);
    assert.deepEqual(heard, ['1 s']);
    resolve();
    await settled();
    assert.deepEqual(heard, ['1 s', '60 s']);
    watch.stop();
  });

  it('tries again 2 s after it failed, and says why', async () => {
    const { watch, done, is } = watchedAccount({ isPolled: true });
    is.telling = () => Promise.reject(new Error('no key'));
    watch.start();
    await pass(10);
    assert.deepEqual([done, watch.reason], [[], 'no key']);
    is.telling = async () => {};
    await pass(1_980);
    assert.deepEqual(done, []);
    await pass(10);
    assert.deepEqual([done, watch.reason], [['told'], undefined]);
    watch.stop();
  });
});

describe('the watch over the account without a stream', () => {
  beforeEach(standStill);

  it('asks every 2 s where none is read, each time with a gap before it but for the first', async () => {
    const { watch, done } = watchedAccount({ isPolled: true });
    watch.start();
    await pass(1_990);
    assert.deepEqual([done, watch.reason], [['told'], undefined]);
    await pass(2_010);
    assert.deepEqual(done, ['told', 'gap', 'told', 'gap', 'told']);
    watch.stop();
  });

  it('asks every 2 s while it is lost, and tells all once more when it is back', async () => {
    const under = await watchedLive();
    const { watch, done, log, lost, live } = under;
    lost();
    assert.equal(watch.reason, 'the account stream is being opened');
    assert.match(log[0] ?? '', /the account stream was closed/);
    await pass(5_000);
    assert.deepEqual(done, ['gap', 'told', 'gap', 'told']);
    assert.notEqual(watch.reason, undefined, 'what is asked now and then is behind');
    done.splice(0);
    await live();
    assert.deepEqual([done.slice(0, 2), watch.reason], [['gap', 'told'], undefined]);
    watch.stop();
  });

  it('does not tell twice at once: what began before the stream was back is told again after it', async () => {
    const under = await watchedLive();
    const { watch, done, is, lost, live } = under;
    lost();
    const { promise, resolve } = Promise.withResolvers<void>();
    is.telling = () => promise;
    await pass(3_000);
    await live();
    assert.deepEqual(done, ['gap']);
    is.telling = async () => {};
    resolve();
    await settled();
    assert.deepEqual(done.slice(0, 4), ['gap', 'told', 'gap', 'told']);
    watch.stop();
  });

  it('does nothing more once it was stopped', async () => {
    const { watch, done } = watchedAccount({ isPolled: true });
    watch.start();
    await pass(10);
    watch.stop();
    await pass(10_000);
    assert.deepEqual(done, ['told']);
  });
});

describe('the watch over the account while its stream is live', () => {
  beforeEach(standStill);

  it('checks every 3 s, and tells nothing when nothing differs', async () => {
    const { watch, done } = await watchedLive();
    await pass(8_990);
    assert.deepEqual(done, ['checked', 'checked']);
    await pass(100);
    assert.deepEqual(done, ['checked', 'checked', 'checked']);
    watch.stop();
  });

  it('believes a difference when it is still there 600 ms later: opens the stream anew and tells all, with one gap', async () => {
    const { watch, done, log, is } = await watchedLive();
    is.differences = async () => ['BTCUSDT', 'ETHUSDT'];
    await pass(3_000);
    assert.deepEqual(done, ['checked']);
    await pass(580);
    assert.deepEqual(done, ['checked']);
    is.differences = async () => ['BTCUSDT'];
    await pass(20);
    const why = 'the stream did not tell of the position in BTCUSDT';
    assert.deepEqual(done, ['checked', 'checked', `reopened: ${why}`, 'gap', 'told']);
    assert.match(log[0] ?? '', /did not tell of the position in BTCUSDT/);
    watch.stop();
  });

  it('does not believe one that is gone, or another one, 600 ms later', async () => {
    const { watch, done, is } = await watchedLive();
    const shown = [['BTCUSDT'], ['ETHUSDT'], ['BTCUSDT'], []];
    is.differences = async () => shown.shift() ?? [];
    await pass(7_500);
    assert.deepEqual(done, ['checked', 'checked', 'checked', 'checked']);
    assert.equal(watch.reason, undefined);
    watch.stop();
  });

  it('says nothing of one check that failed, and why after two in a row', async () => {
    const { watch, done, is } = await watchedLive();
    const fails = (): Promise<never> => Promise.reject(new Error('502 Bad Gateway'));
    is.differences = fails;
    await pass(3_000);
    assert.equal(watch.reason, undefined);
    is.differences = async () => [];
    await pass(3_000);
    is.differences = fails;
    await pass(3_000);
    assert.equal(watch.reason, undefined, 'one that went well lies between');
    await pass(3_000);
    assert.equal(watch.reason, '502 Bad Gateway');
    done.splice(0);
    await pass(2_000);
    assert.deepEqual([done, watch.reason], [['gap', 'told'], undefined]);
    watch.stop();
  });

  it('says at once that the account is in a mode that cannot be governed', async () => {
    const { watch, is } = await watchedLive();
    is.differences = () => Promise.reject(new ConnectorError('ACCOUNT_MODE', 'long and short at once'));
    is.telling = () => is.differences().then(() => {});
    await pass(3_000);
    assert.equal(watch.reason, 'long and short at once');
    await pass(10_000);
    assert.equal(watch.reason, 'long and short at once');
    watch.stop();
  });
});
