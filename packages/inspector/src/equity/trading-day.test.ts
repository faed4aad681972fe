import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zoneTable } from '../ingest/zone-table.ts';
import { tradingDayStart } from './trading-day.ts';

const start = (day: string, dayStart: string, zone: string) =>
  new Date(tradingDayStart(day, dayStart, zoneTable(zone))).toISOString();

test('a day begins at its start in its zone', () => {
  assert.equal(start('2024-05-06', '00:00', 'UTC'), '2024-05-06T00:00:00.000Z');
  assert.equal(start('2024-05-06', '17:00', 'America/New_York'), '2024-05-06T21:00:00.000Z');
  assert.equal(start('2024-01-15', '17:00', 'America/New_York'), '2024-01-15T22:00:00.000Z');
});

test('a start that the clock skips is the change, one that it shows twice is the first', () => {
  assert.equal(start('2024-03-31', '02:30', 'Europe/Berlin'), '2024-03-31T01:00:00.000Z');
  assert.equal(start('2024-10-27', '02:30', 'Europe/Berlin'), '2024-10-27T00:30:00.000Z');
});
