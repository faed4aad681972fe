import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  ClockLineSchema,
  CommandLineSchema,
  commandSchemas,
  isCommandName,
  ReplayAccountLineSchema,
  ReplaySummaryLineSchema,
} from '@inspector/contract';
import { Check } from 'typebox/value';

const account = {
  type: 'REPLAY_ACCOUNT',
  timestamp: 1,
  payload: { connectorType: 'paper', marketType: 'futures', walletBalance: 1000 },
};

test('the first line names an account and its wallet', () => {
  assert.ok(Check(ReplayAccountLineSchema, account));
  const positions = [{ symbol: 'SOLUSDT', side: 'SHORT', quantity: 10, entryPrice: 150 }];
  assert.ok(Check(ReplayAccountLineSchema, { ...account, payload: { ...account.payload, positions } }));
  for (const walletBalance of [null, '1000', Number.NaN, undefined]) {
    assert.ok(!Check(ReplayAccountLineSchema, { ...account, payload: { ...account.payload, walletBalance } }));
  }
  const short = [{ symbol: 'SOLUSDT', side: 'SELL', quantity: 10, entryPrice: 150 }];
  assert.ok(!Check(ReplayAccountLineSchema, { ...account, payload: { ...account.payload, positions: short } }));
});

test('a clock line needs a time', () => {
  assert.ok(Check(ClockLineSchema, { type: 'CLOCK', timestamp: 1 }));
  assert.ok(!Check(ClockLineSchema, { type: 'CLOCK' }));
  assert.ok(!Check(ClockLineSchema, { type: 'CLOCK', timestamp: '1' }));
});

test('a command line needs a command; whether it is known is said of the command, not of the file', () => {
  assert.ok(Check(CommandLineSchema, { type: 'COMMAND', timestamp: 1, payload: { command: 'dance' } }));
  assert.ok(!Check(CommandLineSchema, { type: 'COMMAND', timestamp: 1, payload: {} }));
});

test('a summary closes the output', () => {
  const data = {
    events: 3,
    decisions: { ALLOW: 1 },
    breaches: {},
    closedTrades: 0,
    realizedPnlUsd: 0,
    maxDrawdownPct: 0,
    stateHash: 'abc',
  };
  assert.ok(Check(ReplaySummaryLineSchema, { kind: 'REPLAY_SUMMARY', data }));
  assert.ok(!Check(ReplaySummaryLineSchema, { kind: 'REPLAY_SUMMARY', data: { ...data, events: -1 } }));
});

const examples = new URL('../../../../shared/examples/', import.meta.url);
test('accounts and commands of the shared examples are taken', {
  skip: !existsSync(examples) && 'no shared examples here',
}, () => {
  let lines = 0;
  for (const file of globSync('*.ndjson', { cwd: examples })) {
    for (const text of readFileSync(new URL(file, examples), 'utf8').split('\n')) {
      if (text === '') continue;
      const line = JSON.parse(text);
      if (line.type === 'REPLAY_ACCOUNT') assert.ok(Check(ReplayAccountLineSchema, line), `${file}: ${text}`);
      if (line.type === 'CLOCK') assert.ok(Check(ClockLineSchema, line), `${file}: ${text}`);
      if (line.type !== 'COMMAND') continue;
      const { command } = line.payload;
      assert.ok(isCommandName(command), command);
      assert.ok(Check(commandSchemas[command], line.payload), `${file}: ${text}`);
      lines += 1;
    }
  }
  assert.ok(lines > 0);
});
