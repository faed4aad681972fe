/** The three processes of the example. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Guard, guardAt } from './guard.ts';
import { type LocalVenue, localVenue } from './local-venue.ts';
import type { Programs } from './programs.ts';
import { say } from './say.ts';
import { TRADED } from './story.ts';
import { until } from './until.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** The local venue knows one key. At a real one bot and Inspector have a key each, of the same account. */
const KEY = { apiKey: 'fake-key', secret: 'fake-secret' };

/** A venue on this machine, whose market walks by itself. */
export async function startVenue(programs: Programs): Promise<LocalVenue> {
  let url: string | undefined;
  programs.start({
    name: 'venue',
    words: [here('venue.mjs'), '--seed', '3', '--every-ms', '250', '--wallet', '10000'],
    onLine(line) {
      url ??= /^fake venue at (\S+)/.exec(line)?.[1];
    },
  });
  return localVenue(await until('the venue is up', () => url));
}

/** `inspector up`, as for a real account but for the venue's address and free ports. Its data go with `forget`. */
export async function startInspector(
  programs: Programs,
  { venueUrl, alertsUrl }: { venueUrl: string; alertsUrl: string },
): Promise<{ guard: Guard; forget: () => void }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'guard-live-account-'));
  let page: string | undefined;
  let url: string | undefined;
  programs.start({
    name: 'inspector',
    words: [here('../../packages/cli/src/main.ts'), 'up'],
    env: {
      CONNECTORS: 'ccxt:binance:futures',
      CCXT_BINANCE_URL: venueUrl,
      CCXT_BINANCE_API_KEY: KEY.apiKey,
      CCXT_BINANCE_SECRET: KEY.secret,
      INSPECTOR_OPTIONS_FILE: here('limits.json'),
      INSPECTOR_DATA_DIR: dataDir,
      INSPECTOR_PORT: '0',
      PROVIDER_PORT: '0',
      ALERT_WEBHOOK_URL: alertsUrl,
    },
    onLine(line) {
      const { event, msg, inspector, open } = fieldsOf(line);
      // Alerts come by the webhook.
      if (event !== undefined && event !== 'ALERT') say('inspector', `${event.padEnd(10)} ${msg}`);
      page ??= open;
      url ??= inspector;
    },
  });
  const guard = guardAt(await until('Inspector is up', () => url));
  say('inspector', `REST ${url}/api/inspector, page ${page}`);
  await until('Inspector is ready', async () => (await guard.isReady()) || undefined);
  return { guard, forget: () => rmSync(dataDir, { recursive: true, force: true }) };
}

/** A bot of somebody else. Answers what it says, which grows. */
export function startBot(programs: Programs, venueUrl: string): readonly string[] {
  const lines: string[] = [];
  programs.start({
    name: 'bot',
    words: [here('bot/bot.ts')],
    env: { BOT_VENUE_URL: venueUrl, BOT_API_KEY: KEY.apiKey, BOT_SECRET: KEY.secret, BOT_SYMBOL: TRADED },
    onLine(line) {
      lines.push(line);
      say('bot', line);
    },
  });
  return lines;
}

/** A line of Inspector's log; empty for one that is none. */
function fieldsOf(line: string): Partial<Record<string, string>> {
  try {
    return JSON.parse(line) as Record<string, string>;
  } catch {
    return {};
  }
}
