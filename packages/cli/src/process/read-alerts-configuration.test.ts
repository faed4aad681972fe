import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runProgram } from '#testing/run-program.ts';
import { temporaryDirectory } from '#testing/temporary-directory.ts';

test('a file of alerts that is wrong stops a server with every violation, and nothing is begun', async (t) => {
  const directory = temporaryDirectory(t);
  const file = join(directory, 'alerts.json');
  const targets = [{ kind: 'pigeon' }, { kind: 'webhook-slack', url: 'https://hooks.slack.com/services/SECRET' }];
  writeFileSync(file, JSON.stringify({ targets, ratePerMinute: 0 }));
  for (const command of ['up', 'serve']) {
    const env = {
      ALERTS_FILE: file,
      INSPECTOR_DATA_DIR: join(directory, 'data'),
      INSPECTOR_PORT: '0',
      PROVIDER_PORT: '0',
    };
    const { code, stderr } = await runProgram([command], env);
    assert.equal(code, 2, stderr);
    for (const said of [/ALERTS_INVALID/, /\/ratePerMinute/, /\/targets\/0\/kind/, /\/targets\/1\/url must be/]) {
      assert.match(stderr, said);
    }
    assert.ok(!stderr.includes('SECRET'));
  }
});
