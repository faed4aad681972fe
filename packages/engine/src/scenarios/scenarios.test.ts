import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runScenario } from './run-scenario.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.scenario'))
  .map((file) => file.slice(0, -'.scenario'.length))
  .sort();

test('there are scenarios, and every golden trail has one', () => {
  assert.ok(names.length >= 10);
  const goldens = readdirSync(folder).filter((file) => file.endsWith('.golden'));
  assert.deepEqual(
    goldens.sort(),
    names.map((name) => `${name}.golden`),
  );
});

for (const name of names) {
  test(`${name}: the trail is the golden one`, () => {
    const trail = runScenario(readFileSync(`${folder}${name}.scenario`, 'utf8'));
    const golden = `${folder}${name}.golden`;
    // UPDATE_GOLDEN=1 writes what came; the difference is then read before it is committed.
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, trail);
    assert.ok(existsSync(golden), `${name}.golden is missing`);
    assert.equal(trail, readFileSync(golden, 'utf8'));
  });
}
