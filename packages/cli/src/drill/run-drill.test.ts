import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultOptions, mergeOptions } from '@inspector/contract';
import { runProgram } from '#testing/run-program.ts';
import { runOnce } from './run-once.ts';
import { type DrillScenario, drillScenarios } from './scenarios.ts';

describe('a drill', () => {
  for (const scenario of drillScenarios) {
    it(`ends verified flat when ${scenario.about}`, () => {
      const run = runOnce({ scenario, options: defaultOptions, seed: 3 });
      assert.deepEqual(run.faults, []);
      assert.ok(run.positions >= 3, `${run.positions} positions`);
      assert.ok(run.orders > 2 * run.positions, `${run.orders} orders: stops, targets and resting entries`);
      assert.ok(run.killToFlatMs !== null && run.killToFlatMs >= scenario.latencyMs);
    });
  }

  it('is not verified while the venue fills no close', () => {
    const stuck: DrillScenario = {
      name: 'stuck',
      about: 'closes are accepted and never fill',
      latencyMs: 0,
      faults: { orders: [{ kind: 'never-fires', purpose: 'CLOSE' }] },
    };
    const run = runOnce({ scenario: stuck, options: defaultOptions, seed: 3 });
    assert.equal(run.killToFlatMs, null);
    assert.deepEqual(run.faults, ['not verified flat']);
  });

  it('proves nothing where the options let no position in, and says so', () => {
    const merged = mergeOptions(defaultOptions, {
      assetManagement: { restrictToPreferred: true, preferredAssets: ['NONE'] },
    });
    assert.ok('options' in merged);
    const run = runOnce({ scenario: drillScenarios[0]!, options: merged.options, seed: 1 });
    assert.match(run.faults.join(), /no position was open/);
  });

  it('is the same for the same seed', () => {
    const settings = { scenario: drillScenarios.at(-1)!, options: defaultOptions, seed: 11 };
    assert.deepEqual(runOnce(settings), runOnce(settings));
  });

  it('reports as a table or as JSON, and exits with 0', async () => {
    const shown = await runProgram(['drill', '--runs', '2', '--scenario', 'usual']);
    assert.equal(shown.code, 0);
    assert.match(shown.stdout, /usual +2\/2/);
    const json = await runProgram(['drill', '--runs', '2', '--scenario', 'usual', '--json']);
    const { scenarios } = JSON.parse(json.stdout) as { scenarios: { verified: number }[] };
    assert.deepEqual(
      scenarios.map(({ verified }) => verified),
      [2],
    );
  });
});
