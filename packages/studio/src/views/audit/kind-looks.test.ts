import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditKinds } from '@inspector/contract/codes';
import { kindGroups } from './kind-looks.ts';

test('every kind stands in one group', () => {
  assert.deepEqual(kindGroups.flatMap(({ kinds }) => kinds).toSorted(), auditKinds.toSorted());
});
