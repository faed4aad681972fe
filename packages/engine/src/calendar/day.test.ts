import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayLabel, dayNumber, localTime, nextDayStart, timeOfDayMs } from './day.ts';
import { UTC, type ZoneTable } from './zone-table.ts';

const HOUR = 3_600_000;
/** Berlin in 2024: summer time from 31 March 01:00 UTC to 27 October 01:00 UTC. */
const SPRING = Date.UTC(2024, 2, 31, 1);
const AUTUMN = Date.UTC(2024, 9, 27, 1);
const berlin: ZoneTable = {
  name: 'Europe/Berlin',
  starts: [-8.64e15, SPRING, AUTUMN],
  offsetsMs: [HOUR, 2 * HOUR, HOUR],
};
const at = (text: string) => Date.parse(`${text}Z`);

test('a day begins at local midnight, winter and summer', () => {
  assert.equal(nextDayStart(UTC, 0, at('2024-08-08T12:00')), at('2024-08-09T00:00'));
  assert.equal(nextDayStart(berlin, 0, at('2024-08-08T12:00')), at('2024-08-08T22:00'));
  assert.equal(nextDayStart(berlin, 0, at('2024-12-08T12:00')), at('2024-12-08T23:00'));
});

test('the days of the clock changes have 23 and 25 hours', () => {
  const spring = nextDayStart(berlin, 0, at('2024-03-30T12:00'));
  assert.equal(nextDayStart(berlin, 0, spring) - spring, 23 * HOUR);
  const autumn = nextDayStart(berlin, 0, at('2024-10-26T12:00'));
  assert.equal(nextDayStart(berlin, 0, autumn) - autumn, 25 * HOUR);
});

test('where the clock skips dayStart the day begins with the change', () => {
  const dayStart = timeOfDayMs('02:30');
  assert.equal(nextDayStart(berlin, dayStart, SPRING - HOUR), SPRING);
  assert.equal(dayNumber(berlin, dayStart, SPRING) - dayNumber(berlin, dayStart, SPRING - 1), 1);
});

test('where the clock shows dayStart twice the day begins once, the first time', () => {
  const dayStart = timeOfDayMs('02:30');
  const first = AUTUMN - HOUR / 2;
  assert.equal(nextDayStart(berlin, dayStart, AUTUMN - HOUR), first);
  assert.equal(dayNumber(berlin, dayStart, first), dayNumber(berlin, dayStart, first - 1) + 1);
  assert.equal(dayNumber(berlin, dayStart, AUTUMN), dayNumber(berlin, dayStart, first), 'no step back');
  assert.equal(nextDayStart(berlin, dayStart, first), first + 25 * HOUR);
});

test('days follow each other without a gap, and each begins where the one before says', () => {
  for (const dayStart of ['00:00', '01:59', '02:00', '02:30', '03:00', '23:59'].map(timeOfDayMs)) {
    let moment = nextDayStart(berlin, dayStart, at('2024-01-01T00:00'));
    for (let day = 0; day < 400; day++) {
      assert.equal(dayNumber(berlin, dayStart, moment), dayNumber(berlin, dayStart, moment - 1) + 1);
      moment = nextDayStart(berlin, dayStart, moment);
    }
  }
});

test('a day number is shown as its local date', () => {
  const label = (text: string) => dayLabel(dayNumber(UTC, 0, at(text)));
  assert.equal(label('1970-01-01T00:00'), '1970-01-01');
  assert.equal(label('2024-02-29T23:59'), '2024-02-29');
  assert.equal(label('2100-03-01T00:00'), '2100-03-01');
  assert.equal(label('1969-12-31T12:00'), '1969-12-31');
});

test('the weekday and time of day are local', () => {
  const { weekday, previousWeekday, timeMs } = localTime(berlin, at('2024-08-08T22:30'));
  assert.deepEqual([weekday, previousWeekday, timeMs], ['fri', 'thu', HOUR / 2]);
});
