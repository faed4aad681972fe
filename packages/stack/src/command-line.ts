import { parseArgs } from 'node:util';
import type { StackPrograms } from '#programs.ts';
import { readSettings } from '#settings.ts';
import { showStatus } from '#show-status.ts';
import { isStackError, stackError } from '#stack-error.ts';
import { startStack } from '#start-stack.ts';
import { stopStack } from '#stop-stack.ts';

const usage = `npm run stack                 start everything, and stay
npm run stack -- stop         end it, and what one that was killed has left
npm run stack -- status       what runs; exits with 1 when it is not up

  STACK_DIR                   data, logs and pid files (./data-stack)
  PROVIDER_PORT 8081, INSPECTOR_PORT 8008, STACK_STANDBY_PORT 8009, STACK_REDIS_PORT 6380, STACK_QUESTDB_PORT 9000
                              0 takes any free port
  EVENT_BUS_URL, QUESTDB_URL  servers that are there already; without them they are started here
  STACK_SYMBOLS               what the detector trades (BTCUSDT ETHUSDT SOLUSDT)
  INSPECTOR_OPTIONS_FILE      limits (examples/external-detector/limits.json)
  and all others of docs/environment.md

Exit codes: 0 stopped; 1 could not start or stop; 2 bad usage or environment; 130 a second ^C while it was stopping
`;
/** One ^C may arrive twice, from the terminal and from the launcher; a second one by hand comes later. */
const SAME_SIGNAL_MS = 500;

const say = (message: string): void => {
  process.stdout.write(`  ${new Date().toISOString().slice(11, 19)}  ${message}\n`);
};

/** Does what the command line says, as `usage` tells, and resolves with the exit code. */
export async function runCommandLine(programs: StackPrograms): Promise<number> {
  try {
    return await dispatch(programs);
  } catch (error) {
    if (!isStackError(error)) throw error;
    const lines = [`stack: ${error.code}: ${error.message}`, ...error.details.map((detail) => `  ${detail}`)];
    process.stderr.write(`${lines.join('\n')}\n`);
    return error.code === 'USAGE' || error.code === 'ENVIRONMENT_INVALID' ? 2 : 1;
  }
}

async function run(programs: StackPrograms): Promise<number> {
  const settings = readSettings(process.env);
  let stoppingSince: number | undefined;
  let ended: (code: number) => void;
  const end = new Promise<number>((resolve) => {
    ended = resolve;
  });
  const stack = startStack(settings, { programs, say, show: (text) => process.stdout.write(text) });
  const stop = async (reason: string): Promise<void> => {
    const now = performance.now();
    if (stoppingSince !== undefined && now - stoppingSince < SAME_SIGNAL_MS) return;
    if (stoppingSince === undefined) say(`${reason}: stopping …`);
    const isSecond = stoppingSince !== undefined;
    stoppingSince ??= now;
    await stack.stop();
    if (!isSecond) say('stopped; everything is kept');
    ended(isSecond ? 130 : 0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));
  process.once('disconnect', () => void stop('the launcher is gone'));
  process.channel?.unref();
  await stack.started;
  return end;
}

async function dispatch(programs: StackPrograms): Promise<number> {
  const [command = 'start', ...more] = commandLine();
  if (more.length > 0) throw stackError('USAGE', `${more.join(' ')} is not understood\n\n${usage}`);
  switch (command) {
    case 'start':
      return run(programs);
    case 'stop':
      await stopStack(readSettings(process.env).directory, say);
      return 0;
    case 'status': {
      const { isUp, text } = await showStatus(readSettings(process.env).directory, process.env.INSPECTOR_API_TOKEN);
      process.stdout.write(text);
      return isUp ? 0 : 1;
    }
    case 'help':
      process.stdout.write(usage);
      return 0;
    default:
      throw stackError('USAGE', `there is no ${command}\n\n${usage}`);
  }
}

function commandLine(): string[] {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h', default: false } },
    });
    return values.help ? ['help'] : positionals;
  } catch (error) {
    throw stackError('USAGE', `${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}
