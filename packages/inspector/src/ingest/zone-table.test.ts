import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { zoneTable } from './zone-table.ts';

const FROM = Date.UTC(1990, 0, 1);
const TO = Date.UTC(2101, 0, 1) - 1;

function offsetIn(table: { starts: number[]; offsetsMs: number[] }, at: number): number {
  let index = 0;
  while (index + 1 < table.starts.length && table.starts[index + 1]! <= at) index++;
  return table.offsetsMs[index]!;
}

/** By another route than the builder: the platform's own offset text. */
function platformOffset(name: string, at: number): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  const text = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(text);
  assert.ok(match, text);
  return (match[1] === '-' ? -1 : 1) * (Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0)) * 60_000;
}

for (const name of ['America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Africa/Casablanca']) {
  test(`${name} agrees with the platform at random instants`, () => {
    const table = zoneTable(name);
    fc.assert(
      fc.property(fc.integer({ min: FROM, max: TO }), (at) => {
        assert.equal(offsetIn(table, at), platformOffset(name, at), new Date(at).toISOString());
      }),
      { numRuns: 200, seed: 20240808 },
    );
  });

  test(`${name} changes at the exact millisecond`, () => {
    const table = zoneTable(name);
    for (let index = 1; index < table.starts.length; index += 7) {
      const at = table.starts[index]!;
      assert.equal(platformOffset(name, at), table.offsetsMs[index]);
      assert.equal(platformOffset(name, at - 1), table.offsetsMs[index - 1]);
    }
  });
}

test('New York leaves daylight time on 2024-11-03 at 06:00 UTC', () => {
  const table = zoneTable('America/New_York');
  assert.ok(table.starts.includes(Date.UTC(2024, 10, 3, 6)));
});

test('Lord Howe moves by half an hour', () => {
  const offsets = new Set(zoneTable('Australia/Lord_Howe').offsetsMs);
  assert.ok(offsets.has(10.5 * 3_600_000) && offsets.has(11 * 3_600_000));
});

test('UTC never changes, and a zone is built once', () => {
  assert.deepEqual(zoneTable('UTC'), { name: 'UTC', starts: [-8.64e15], offsetsMs: [0] });
  assert.equal(zoneTable('Asia/Kolkata'), zoneTable('Asia/Kolkata'));
});

test('an unknown zone is refused', () => {
  assert.throws(() => zoneTable('Mars/Olympus'), RangeError);
});
