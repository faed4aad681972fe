import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decisionCodes } from '@inspector/contract/codes';
import { optionFieldAt } from '@inspector/contract/options';
import { limitOptions } from './limit-options.ts';

test('every option that a code names is one of the options', () => {
  for (const code of decisionCodes) {
    for (const path of limitOptions[code]) assert.ok(optionFieldAt(path), `${code}: ${path}`);
  }
});
