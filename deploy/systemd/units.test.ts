import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { deployText } from '../checks/deploy-file.ts';
import { secretsForTest } from '../checks/secrets-for-test.ts';

const TOOL = 'systemd-analyze';
const WITHIN_MS = 60_000;
/** Of 10, what systemd calls "OK" ends at 2.0: network and just-in-time compilation are what a governor needs. */
const EXPOSURE_LIMIT = 2;
const units = ['inspector-provider.service', 'inspector@.service'];
const skip =
  spawnSync(TOOL, ['--version'], { stdio: 'ignore', timeout: WITHIN_MS }).status === 0
    ? false
    : `${TOOL} is not installed`;

test('systemd takes the units', { skip }, (t) => {
  for (const file of installed(t)) {
    const { status, stdout, stderr } = run(['verify', '--man=no', file]);
    assert.equal(status, 0, `${stdout}${stderr}`);
    assert.equal(`${stdout}${stderr}`.trim(), '', 'without a warning');
  }
});

test('a unit that is wrong is refused', { skip }, (t) => {
  const [file] = installed(t, (text) => text.replace('Restart=always', 'Restart=perhaps'));
  const { status, stderr } = run(['verify', '--man=no', file!]);
  assert.ok(status !== 0 || /perhaps/.test(stderr), stderr);
});

test('systemd finds them well closed', { skip }, (t) => {
  for (const file of installed(t)) {
    const { stdout, stderr } = run(['security', '--offline=true', '--no-pager', file]);
    const exposure = /exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1];
    assert.ok(exposure !== undefined && Number(exposure) < EXPOSURE_LIMIT, `${exposure}\n${stdout}${stderr}`);
  }
});

for (const unit of units) {
  const text = deployText(`systemd/${unit}`);
  const settings = (name: string) => [...text.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value]) => value!);

  test(`${unit}: starts again within limits, has longer to stop than that takes, and reads credentials that are made`, (t) => {
    assert.deepEqual(settings('Restart'), ['always']);
    assert.ok(Number(settings('StartLimitBurst')[0]) > 0 && Number(settings('StartLimitIntervalSec')[0]) > 0);
    assert.deepEqual(settings('RestartPreventExitStatus'), ['2'], 'bad usage does not mend itself');
    assert.ok(Number(settings('TimeoutStopSec')[0]) > 5);
    const credentials = settings('LoadCredential').map((each) => each.split(':') as [string, string]);
    const read = settings('Environment').flatMap((each) => /=%d\/(.+)$/.exec(each)?.[1] ?? []);
    assert.deepEqual(read.sort(), credentials.map(([name]) => name).sort());
    const made = readdirSync(secretsForTest(t));
    for (const [name, path] of credentials) {
      assert.equal(path, `/etc/inspector/secrets/${name}`);
      assert.ok(made.includes(name), name);
    }
  });

  test(`${unit}: writes to its own directories only`, () => {
    assert.deepEqual(settings('ProtectSystem'), ['strict']);
    assert.deepEqual(settings('DynamicUser'), ['yes']);
    const [state] = settings('StateDirectory');
    const [cache] = settings('CacheDirectory');
    assert.ok(settings('Environment').includes(`INSPECTOR_DATA_DIR=%S/${state}`));
    assert.ok(settings('Environment').includes(`NODE_COMPILE_CACHE=%C/${cache}`));
  });
}

/** Copies as they would be installed. The program is not here: any executable stands for it. */
function installed(t: TestContext, change = (text: string) => text): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'inspector-units-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return units.map((unit) => {
    const file = join(directory, unit.replace('@.', '@a.'));
    writeFileSync(file, change(deployText(`systemd/${unit}`)).replaceAll('/opt/inspector/bin/inspector', '/bin/true'));
    return file;
  });
}

const run = (words: string[]) => spawnSync(TOOL, words, { encoding: 'utf8', timeout: WITHIN_MS });
