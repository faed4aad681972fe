import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { createSimulatedClock, type SimulatedClock } from '../runner/simulated-clock.ts';
import type { Frame } from './frame.ts';
import type { FrameReader, NewestFrame } from './frame-reader.ts';
import type { Lease, LeaseHolder } from './lease.ts';
import { createRole, type OwnCopy, type Role, type RoleConfig } from './role.ts';

const LEASE_MS = 2_000;
const other: LeaseHolder = { holder: 'other', epoch: 3, url: 'http://other', since: 0 };
const log = { info() {}, warn() {}, error() {} };

interface Bench {
  role: Role;
  clock: SimulatedClock;
  own: OwnCopy;
  /** What Redis shows. */
  shown: { frames: Frame[]; newest: NewestFrame | undefined; holder: LeaseHolder | undefined };
  /** What the role did. */
  did: string[];
  /** Lets the role go through some rounds. */
  rounds(): Promise<void>;
}

/** They would go on for ever, also where a test has failed. */
const open: Role[] = [];
afterEach(async () => {
  for (const role of open.splice(0)) await role.stop();
});

function bench(config: Partial<RoleConfig> = {}, own: OwnCopy = { epoch: 3, lastInput: 10, chain: 'c10' }): Bench {
  const clock = createSimulatedClock(1_000_000);
  const shown: Bench['shown'] = { frames: [], newest: { epoch: 3, lastInput: 10, chain: 'c10' }, holder: undefined };
  const did: string[] = [];
  const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));
  const lease: Lease = {
    isHeld: () => false,
    heldUntil: () => undefined,
    look: async () => shown.holder,
    async acquire(aboveEpoch) {
      await turn();
      if (shown.holder !== undefined) return { heldBy: shown.holder };
      did.push(`lease above ${aboveEpoch}`);
      return { epoch: aboveEpoch + 1 };
    },
    keep() {},
    async release() {
      did.push('released');
    },
  };
  const reader: FrameReader = {
    async read() {
      await turn();
      return shown.frames.splice(0);
    },
    rewind: () => void did.push('rewound'),
    newest: async () => shown.newest,
    highestEpoch: async () => 3,
  };
  const role = createRole({
    lease,
    reader,
    leaseMs: LEASE_MS,
    clock,
    log,
    own: () => own,
    aboveEpoch: 0,
    follow({ firstInput, inputCount, chain }) {
      if (firstInput > own.lastInput + 1) throw Object.assign(new Error('missing'), { code: 'STANDBY_BEHIND' });
      own.lastInput = firstInput + inputCount - 1;
      own.chain = chain;
      did.push(`followed ${own.lastInput}`);
    },
    act: (epoch) => void did.push(`acts with ${epoch}`),
    onReplaced: (reason) => void did.push(reason),
    onLeftBehind: (reason, { url }) => void did.push(`${reason} of ${url}`),
    actBehind: false,
    ...config,
  });
  open.push(role);
  const rounds = async () => {
    for (let count = 0; count < 20; count++) {
      await turn();
      clock.advance(200);
    }
  };
  return { role, clock, own, shown, did, rounds };
}

const frame = (firstInput: number, lastInput: number): Frame => ({
  epoch: 3,
  firstInput,
  inputCount: lastInput - firstInput + 1,
  now: 0,
  inputs: new Uint8Array(),
  lines: [],
  meta: {},
  previous: '',
  chain: `c${lastInput}`,
});

test('takes a free lease when nothing newer is known, also in a new Redis', async () => {
  for (const newest of [{ epoch: 3, lastInput: 10, chain: 'c10' }, undefined]) {
    const { role, shown, did } = bench();
    shown.newest = newest;
    await role.start();
    assert.deepEqual(did, ['lease above 3', 'acts with 4']);
    assert.equal(role.state().role, 'active');
  }
});

test('stands by while another one holds it, follows, and takes over with what came until the grant', async () => {
  const { role, shown, did, rounds, own } = bench();
  shown.holder = other;
  shown.newest = { epoch: 3, lastInput: 14, chain: 'c14' };
  shown.frames = [frame(11, 12)];
  await role.start();
  assert.deepEqual([role.state().role, role.state().holder?.url], ['standby', 'http://other']);
  await rounds();
  assert.deepEqual(
    did.filter((each) => each !== 'rewound'),
    ['followed 12'],
  );
  assert.equal(role.state().lagInputs, 2);
  did.length = 0;

  shown.frames = [frame(13, 14)];
  shown.holder = undefined;
  await rounds();
  assert.deepEqual(did, ['followed 14', 'lease above 3', 'acts with 4']);
  assert.equal(own.lastInput, 14);
});

const lacking: Record<string, NewestFrame> = {
  'an input more': { epoch: 3, lastInput: 11, chain: 'c11' },
  'a later epoch': { epoch: 4, lastInput: 10, chain: 'c10' },
  'another chain': { epoch: 3, lastInput: 10, chain: 'other' },
};
for (const [what, newest] of Object.entries(lacking)) {
  test(`does not take over where ${what} was made known, and says so; with actBehind it does`, async () => {
    const careful = bench();
    careful.shown.newest = newest;
    await careful.role.start();
    await careful.rounds();
    assert.deepEqual(
      careful.did.filter((each) => each !== 'rewound'),
      [],
    );
    assert.ok(careful.role.state().reason);

    const told = bench({ actBehind: true });
    told.shown.newest = newest;
    await told.role.start();
    assert.ok(told.did.some((each) => each.startsWith('acts with')));
  });
}

test('a copy that cannot follow is given up for one of the instance that acts, and waits while none does', async () => {
  const { role, shown, did, rounds } = bench();
  shown.newest = { epoch: 3, lastInput: 21, chain: 'c21' };
  shown.frames = [frame(20, 21)];
  await role.start();
  await rounds();
  assert.deepEqual(
    did.filter((each) => each !== 'rewound'),
    [],
  );
  assert.ok(role.state().reason);
  shown.holder = other;
  shown.frames = [frame(22, 23)];
  await rounds();
  assert.equal(did.at(-1), 'STANDBY_BEHIND: missing of http://other');
});

test('commits that are known and do not come are looked for from the beginning of the stream', async () => {
  const { role, shown, did, rounds } = bench();
  shown.holder = other;
  shown.newest = { epoch: 3, lastInput: 12, chain: 'c12' };
  await role.start();
  await rounds();
  assert.ok(did.includes('rewound'));
  shown.newest = { epoch: 3, lastInput: 10, chain: 'c10' };
  did.length = 0;
  await rounds();
  assert.deepEqual(did, []);
});

test('a copy whose engine decided otherwise never acts, whatever it is told, and never asks for the lease', async () => {
  const follow = () => {
    throw Object.assign(new Error('otherwise'), { code: 'STANDBY_DIVERGED' });
  };
  const { role, shown, did, rounds } = bench({ follow, actBehind: true });
  shown.frames = [frame(11, 12)];
  await role.start();
  await rounds();
  assert.deepEqual(did, []);
  assert.match(role.state().reason ?? '', /STANDBY_DIVERGED/);
  shown.holder = other;
  await rounds();
  assert.deepEqual(did, ['STANDBY_DIVERGED: otherwise of http://other']);
});

test('after Redis was away a standby leaves a lease time to the one that acts', async () => {
  const { role, shown, did, clock, rounds } = bench();
  shown.holder = other;
  await role.start();
  role.reconnected();
  shown.holder = undefined;
  const turns = async () => {
    for (let count = 0; count < 10; count++) await new Promise<void>((resolve) => void setImmediate(resolve));
  };
  clock.advance(LEASE_MS - 1);
  await turns();
  assert.deepEqual(did, []);
  clock.advance(1);
  await rounds();
  assert.deepEqual(did, ['lease above 3', 'acts with 4']);
});

test('an epoch that others have seen is not enough', async () => {
  const { role, did } = bench({ aboveEpoch: 9 });
  await role.start();
  assert.deepEqual(did, ['lease above 9', 'acts with 10']);
});
