/**
 * An account that is guarded while a bot trades it which knows nothing of that.
 *
 *   bot ──REST──▶ local venue ◀──REST, streams── inspector up ──alerts──▶ this process
 *                     ▲                               ▲
 *                     └── the owner, by hand          └── audit, locks, kill switch: this process
 */
import { parseArgs } from 'node:util';
import { receiveAlerts } from './alert-receiver.ts';
import { startBot, startInspector, startVenue } from './cast.ts';
import type { Guard } from './guard.ts';
import { createPrograms } from './programs.ts';
import { say } from './say.ts';
import { HELD_BEFORE, type Look, type Scene, scenesAfterKill, scenesBeforeKill } from './story.ts';
import { until } from './until.ts';

const USAGE = `node examples/guard-live-account/run.mjs [--script]

  --script   pulls the kill switch by itself and ends; exit code 0 when everything was seen
`;

function readCommandLine(): { isScripted: boolean } {
  const options = {
    script: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  try {
    const { values } = parseArgs({ options });
    if (!values.help) return { isScripted: values.script };
    process.stdout.write(USAGE);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
}

const { isScripted } = readCommandLine();
const programs = createPrograms((name, exitCode) => void endWith(1, `${name} ended by itself (${exitCode})`));
const closing: (() => void)[] = [];
let ending: Promise<never> | undefined;

function endWith(exitCode: number, why: string): Promise<never> {
  ending ??= (async () => {
    process.stdout.write(`\n  ${why}\n`);
    await programs.end();
    for (const close of closing) close();
    process.exit(exitCode);
  })();
  return ending;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void endWith(isScripted ? 130 : 0, 'Everything that was started is ended.'));
process.once('disconnect', () => void endWith(1, 'Whoever started this has gone.'));
// A reader of the output that has gone must not leave the others running.
process.stdout.on('error', () => void endWith(1, ''));

/** The owner's hand on the switch: Enter, Inspector's page, or its REST. Answers the id of the incident. */
async function untilKilled(guard: Guard): Promise<string> {
  if (isScripted) return guard.kill();
  process.stdout.write('  Press Enter to pull the kill switch, or ^C to end.\n\n');
  let isWanted = false;
  if (process.stdin.isTTY)
    process.stdin.once('data', () => {
      isWanted = true;
    });
  return until(
    'the kill switch is pulled',
    async () => {
      if (isWanted) return guard.kill();
      const pulled = (await guard.audit()).find(({ kind }) => kind === 'KILL_SWITCH');
      return pulled && String(pulled.data.incidentId);
    },
    0,
  );
}

async function run(): Promise<void> {
  const venue = await startVenue(programs);
  say('venue', `speaks like Binance USD-M at ${venue.url}`);
  await venue.buy(HELD_BEFORE, 0.5);
  say('owner', `holds 0.5 ${HELD_BEFORE} since before`);
  const alerts = await receiveAlerts(({ severity, code, message }) => say('ALERT', `${severity} ${code}: ${message}`));
  closing.push(alerts.close);
  const { guard, forget } = await startInspector(programs, { venueUrl: venue.url, alertsUrl: alerts.url });
  closing.push(forget);
  const botLines = startBot(programs, venue.url);
  say('example', `runs ${programs.names().join(', ')}`);

  const look = async (incidentId?: string): Promise<Look> => {
    const [records, account] = await Promise.all([guard.audit(), venue.account()]);
    return { records, account, botLines, guard, incidentId };
  };
  await see(scenesBeforeKill, look);
  const incidentId = await untilKilled(guard);
  await see(scenesAfterKill, () => look(incidentId));
  const count = scenesBeforeKill.length + scenesAfterKill.length;
  if (isScripted) await endWith(0, `All ${count} things were seen.`);
  process.stdout.write('  The bot goes on trying, and is flattened each time. ^C ends it.\n\n');
}

async function see(scenes: readonly Scene[], look: () => Promise<Look>): Promise<void> {
  for (const { what, seen } of scenes) {
    const evidence = await until(what, async () => seen(await look()));
    process.stdout.write(`\n  ✓ ${what}\n    ${evidence}\n\n`);
  }
}

run().catch((error: unknown) => void endWith(1, error instanceof Error ? error.message : String(error)));
