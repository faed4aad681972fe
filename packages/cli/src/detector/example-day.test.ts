import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AuditRecord } from '@inspector/contract';
import { playExampleDay } from './example-day.ts';

const T0 = 1_723_118_400_000;

/** Hours of each run; a day of five seeds is `EXAMPLE_HOURS=24 EXAMPLE_SEEDS=1,2,3,4,5`. */
const hours = Number(process.env.EXAMPLE_HOURS ?? 0.5);
const seeds = (process.env.EXAMPLE_SEEDS ?? '1').split(',').map(Number);

interface Lock {
  code: string;
  seconds: number;
}

for (const seed of seeds)
  describe(`${hours} h of the example, seed ${seed}`, () => {
    const records: Pick<AuditRecord, 'kind' | 'code' | 'ts'>[] = [];
    const locks: Lock[] = [];
    playExampleDay({
      seed,
      startAt: T0,
      hours,
      onRecord({ kind, code, ts, data }) {
        records.push({ kind, code, ts });
        const { until } = data as { until?: number | null };
        if (kind === 'LIMIT_BREACHED') locks.push({ code, seconds: ((until ?? Number.POSITIVE_INFINITY) - ts) / 1000 });
      },
    });
    const ofKind = (kind: string) => records.filter((record) => record.kind === kind);
    const decided = ofKind('REQUEST_DECIDED');
    const approvals = decided.filter(({ code }) => code === 'OK');

    it('has a protected position within 10 s', () => {
      const [first] = ofKind('PROTECTION_PLACED');
      assert.ok(first && first.ts - T0 <= 10_000);
    });

    it('keeps on trading: never ten minutes without an approval', () => {
      let before = T0;
      for (const { ts } of [...approvals, { ts: T0 + hours * 3_600_000 }]) {
        assert.ok(ts - before < 600_000, `nothing approved from ${before - T0} to ${ts - T0} ms`);
        before = ts;
      }
    });

    it('is refused by many rules', () => {
      const codes = new Set(decided.map(({ code }) => code));
      assert.ok(codes.size >= 10, [...codes].join(' '));
      assert.ok(codes.has('COOLDOWN_ACTIVE'));
    });

    it('moves its stops, and ends trades in several ways', () => {
      assert.ok(ofKind('PROTECTION_MOVED').length > 20);
      assert.ok(new Set(ofKind('POSITION_CLOSED').map(({ code }) => code)).size >= 2);
    });

    it('is never stood down for longer than two minutes', () => {
      assert.deepEqual(
        locks.filter(({ seconds }) => seconds > 120),
        [],
      );
    });

    it('never leaves a position naked for long', () => {
      assert.deepEqual(ofKind('NAKED_EXPOSURE'), []);
    });
  });
