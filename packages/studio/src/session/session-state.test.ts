import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roles } from '@inspector/contract';
import { roleCovers } from './session-state.ts';

test("each role may do what the ones before it may, in the contract's order", () => {
  for (const [at, role] of roles.entries()) {
    for (const [needed, other] of roles.entries())
      assert.equal(roleCovers(role, other), at >= needed, `${role} ${other}`);
  }
});
