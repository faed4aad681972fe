import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { answerControl } from './control/control-calls.ts';
import { recordedLines } from './control/recorded-lines.ts';
import { DIALECTS, type DialectName } from './dialects/dialects.ts';
import { startVenueWith } from './venue/start-fake-venue.ts';

const USAGE = `Usage: node packages/fake-venue/src/main.ts [options]

A venue on loopback that speaks like one of those it knows. Key fake-key, secret fake-secret.

  --dialect NAME      ${Object.keys(DIALECTS).join(' or ')} (default binance-usdm)
  --port N            default: any free one
  --seed N            the market walks by itself, the same way for the same seed (default 1)
  --every-ms N        one step of the walk (default 500)
  --step-percent N    size of one step (default 0.02)
  --recording FILE    plays a recording instead of walking, .gz or plain
  --symbol NAME       of the recording (default BTCUSDT)
  --speed N           of the recording, 1 is as recorded (default 1)
  --price-scale N     factor on its prices (default 1)
  --wallet N          USDT (default 10000)
  --hedge-mode        long and short held apart
  --latency-ms N      of every answer (default 0)
  --still             the market moves only when it is told to

It is driven by calls under /fake: GET /fake/account, POST /fake/owner/order, /fake/owner/close,
/fake/market/move, /fake/faults and others.
`;

const OPTIONS = {
  dialect: { type: 'string', default: 'binance-usdm' },
  port: { type: 'string', default: '0' },
  seed: { type: 'string', default: '1' },
  'every-ms': { type: 'string', default: '500' },
  'step-percent': { type: 'string', default: '0.02' },
  recording: { type: 'string' },
  symbol: { type: 'string', default: 'BTCUSDT' },
  speed: { type: 'string', default: '1' },
  'price-scale': { type: 'string', default: '1' },
  wallet: { type: 'string', default: '10000' },
  'hedge-mode': { type: 'boolean', default: false },
  'latency-ms': { type: 'string', default: '0' },
  still: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function badUsage(message: string): never {
  process.stderr.write(`${message}\n\n${USAGE}`);
  process.exit(2);
}

function parsed() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    return badUsage(error instanceof Error ? error.message : String(error));
  }
}

const values = parsed();
if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}

function numberOf(
  name: 'port' | 'seed' | 'every-ms' | 'step-percent' | 'speed' | 'price-scale' | 'wallet' | 'latency-ms',
): number {
  const value = Number(values[name]);
  if (values[name].trim() === '' || !Number.isFinite(value) || value < 0)
    badUsage(`--${name} must be a number from 0 on`);
  return value;
}

const isDialect = (name: string): name is DialectName => Object.hasOwn(DIALECTS, name);
const { dialect } = values;
if (!isDialect(dialect)) badUsage(`--dialect must be one of ${Object.keys(DIALECTS).join(', ')}`);

// A reader of the output that has gone must not end the venue.
process.stdout.on('error', () => {});

const settings = {
  dialect,
  port: numberOf('port'),
  wallet: numberOf('wallet'),
  hedgeMode: values['hedge-mode'],
  latencyMs: numberOf('latency-ms'),
};
const walking = { seed: numberOf('seed'), everyMs: numberOf('every-ms'), stepPercent: numberOf('step-percent') };
const playing = { symbol: values.symbol, speed: numberOf('speed') || 1, priceScale: numberOf('price-scale') || 1 };
const { recording } = values;
if (recording !== undefined && !existsSync(recording)) badUsage(`no such file: ${recording}`);

const venue = await startVenueWith(settings, answerControl).catch((error: NodeJS.ErrnoException) => {
  process.stderr.write(`cannot listen on port ${settings.port}: ${error.code ?? error.message}\n`);
  process.exit(1);
});
process.stdout.write(`fake venue at ${venue.url}\n`);

const stop = async (): Promise<void> => {
  await venue.stop();
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);

if (recording !== undefined) {
  const played = await venue.market.play(recordedLines(recording), playing);
  process.stdout.write(`played ${played.lines} lines, ${played.trades} trades\n`);
} else if (!values.still) venue.market.walk(walking);
