import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditKind, AuditRecord } from '@inspector/contract';
import { auditKinds } from '@inspector/contract/codes';
import { stepTitle } from './step-title.ts';

const titleOf = (kind: AuditKind, code: string, data: Record<string, unknown> = {}): string =>
  stepTitle({
    seq: 1,
    ts: 1,
    kind,
    code,
    severity: 'info',
    traceId: 't',
    message: '',
    data,
    epoch: 1,
  } satisfies AuditRecord);

test('steps of a trade read as its story', () => {
  const request = { side: 'LONG' };
  assert.equal(titleOf('REQUEST_DECIDED', 'OK', { decision: 'ALLOW', request }), 'Request to open LONG allowed');
  assert.equal(
    titleOf('REQUEST_DECIDED', 'SPREAD', { decision: 'BLOCK', request }),
    'Request to open LONG refused: Spread',
  );
  assert.equal(
    titleOf('REQUEST_DECIDED', 'OK', { decision: 'ALLOW', request, exit: true }),
    'Request to leave LONG allowed',
  );
  assert.equal(titleOf('ORDER_RESULT', 'FILLED', { purpose: 'ENTRY' }), 'Entry order filled');
  assert.equal(titleOf('PROTECTION_MOVED', 'TARGET'), 'Target moved');
  assert.equal(titleOf('POSITION_CLOSED', 'TRAILING_STOP'), 'Position closed: Trailing stop');
});

test('every kind has a title, also with data that are not understood', () => {
  for (const kind of auditKinds) assert.match(titleOf(kind, 'X', { purpose: 7, request: null }), /^[A-Z].+[^.]$/, kind);
});
