import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { docsFolder, pages } from './pages.ts';

for (const [name, render] of Object.entries(pages)) {
  test(`docs/${name} is what the schemas say`, () => {
    const stored = readFileSync(new URL(name, docsFolder), 'utf8');
    assert.equal(stored, render(), 'run `npm run docs --workspace @inspector/contract`');
  });
}
