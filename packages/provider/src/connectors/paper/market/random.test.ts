import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createRandom } from './random.ts';

it('random numbers are the same for a seed and from a kept state, and differ between seeds', () => {
  const draw = (random = createRandom(7)) => Array.from({ length: 5 }, () => random.uniform());
  assert.deepEqual(draw(), draw());
  assert.notDeepEqual(draw(createRandom(8)), draw());
  const random = createRandom(7);
  draw(random);
  assert.deepEqual(draw(createRandom(random.state())), draw(random));
});

it('random numbers have the mean and spread of their distribution', () => {
  const random = createRandom(1);
  const n = 20_000;
  const mean = (next: () => number) => Array.from({ length: n }, next).reduce((sum, value) => sum + value, 0) / n;
  assert.ok(Math.abs(mean(() => random.uniform()) - 0.5) < 0.01);
  assert.ok(Math.abs(mean(() => random.normal())) < 0.03);
  assert.ok(Math.abs(mean(() => random.normal() ** 2) - 1) < 0.05);
  assert.ok(Math.abs(mean(() => random.poisson(2)) - 2) < 0.05);
  assert.ok(Math.abs(mean(() => random.exponential(4)) - 0.25) < 0.01);
});
