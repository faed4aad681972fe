import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screen } from './screen.ts';
import { readSettings } from './settings.ts';

const addresses = {
  provider: 'http://127.0.0.1:8081',
  inspector: 'http://127.0.0.1:8008',
  standby: 'http://127.0.0.1:8009',
  redis: 'redis://user:secret@redis:6379',
  questdb: undefined,
};

test('shows a token that was made, and neither one that was configured nor a password', () => {
  const settings = readSettings({ EVENT_BUS_URL: addresses.redis });
  const shown = screen(settings, { addresses, secret: 'made-here', questdbMissing: 'QuestDB needs Java 17' });
  assert.match(shown, /Open {7}http:\/\/127\.0\.0\.1:8081\/#token=made-here\n/);
  assert.match(shown, /Redis {6}redis:\/\/redis:6379 .*was there\n/);
  assert.match(shown, /QuestDB {4}none .*QuestDB needs Java 17; the embedded store answers\n/);
  assert.doesNotMatch(shown, /secret/);
  assert.match(screen(settings, { addresses, secret: undefined, questdbMissing: '' }), /#token=<PROVIDER_API_TOKEN>/);
});
