/**
 * A detector in a process of its own. It reads prices from Redis, asks Inspector for positions, and heeds what Inspector
 * says. It speaks the public wire only and can be copied out of here.
 *
 *   prices   bus:md:<connectorType>:<marketType>     ─▶ detector
 *   answers  bus:INSPECTOR_RISK_LIMIT_BREACH, …      ─▶ detector
 *   requests bus:acct:<connectorType>:<marketType>   ◀─ detector
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { openBus } from './bus.ts';
import { createHeed } from './heed.ts';
import { closeRequest, openRequest } from './requests.ts';
import { checkRisk } from './risk-check.ts';
import { readSettings, type Settings, usage } from './settings.ts';
import { type Turn, turnAt } from './turns.ts';

/** An older price is no ground for a request. */
const PRICE_FRESH_MS = 5_000;
/** How often it looks whether a turn has begun. */
const LOOK_MS = 100;

const log = (message: string) => console.log(`${new Date().toISOString()} ${message}`);

function settingsOrExit(): Settings {
  try {
    const settings = readSettings(process.argv.slice(2), process.env);
    if (settings !== undefined) return settings;
    console.log(usage);
    process.exit(0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

const settings = settingsOrExit();
const market = `${settings.connectorType}:${settings.marketType}`;
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

const bus = openBus({ url: settings.redisUrl, signal: stopping.signal, log });
const heed = createHeed(settings.detectorSysname);
const prices = new Map<string, { price: number; at: number }>();

/** Keeps the newest mark of each symbol, and what Inspector says. */
async function listen(): Promise<void> {
  const events = bus.events({
    [`bus:md:${market}`]: 'now',
    // What was said before this process began still holds.
    'bus:INSPECTOR_RISK_LIMIT_BREACH': 'all',
    'bus:INSPECTOR_RISK_KILL_SWITCH': 'all',
  });
  for await (const envelope of events) {
    const news = heed.hear(envelope);
    if (news !== undefined) log(news);
    if (envelope.type !== 'PROVIDER_SYMBOL_PRICES') continue;
    const marks = (envelope.payload.prices ?? {}) as Record<string, { value: number; moment: number } | null>;
    for (const [symbol, mark] of Object.entries(marks)) {
      if (mark !== null && mark.value > 0) prices.set(symbol, { price: mark.value, at: mark.moment });
    }
  }
}

/** The newest price while it is fresh. */
function priceOf(symbol: string): number | undefined {
  const known = prices.get(symbol);
  return known !== undefined && Date.now() - known.at <= PRICE_FRESH_MS ? known.price : undefined;
}

/** Takes each symbol's turns as they come. A turn without a fresh price, or while paused, is left out. */
async function takeTurns(): Promise<void> {
  const taken = new Map<string, string>();
  while (!stopping.signal.aborted) {
    for (const symbol of settings.symbols) {
      const turn = turnAt(Date.now(), symbol, settings);
      if (taken.get(symbol) === turn.requestId) continue;
      const price = priceOf(symbol);
      if (price === undefined || (turn.action === 'OPEN' && !heed.mayOpen())) continue;
      taken.set(symbol, turn.requestId);
      await (settings.asksFirst ? askFirst(turn, price) : letInspectorExecute(turn, price));
    }
    await wait(LOOK_MS, undefined, { signal: stopping.signal }).catch(() => {});
  }
}

/** Inspector decides, sends the order, and protects what fills. Its answer is in the audit, under the `requestId`. */
async function letInspectorExecute(turn: Turn, price: number): Promise<void> {
  const envelope = {
    eventId: randomUUID(),
    type: `DETECTOR_POSITION_${turn.action}_REQUEST`,
    source: 'DETECTOR' as const,
    timestamp: Date.now(),
    payload: turn.action === 'OPEN' ? openRequest(turn, price, settings) : closeRequest(turn, settings),
  };
  const isOut = await bus.publish(`bus:acct:${market}`, envelope, turn.endsAt);
  log(`${turn.action} ${turn.side} ${turn.symbol} ${isOut ? 'asked' : 'not asked, Redis is away'}: ${turn.requestId}`);
}

/** This process would send the order itself, and only when the answer is ALLOW. */
async function askFirst(turn: Turn, price: number): Promise<void> {
  const exits = turn.action === 'CLOSE';
  if (exits) return log(`would close ${turn.side} ${turn.symbol}: an exit needs no leave`);
  try {
    const { decision, code, message, sizing } = await checkRisk(openRequest(turn, price, settings), settings);
    log(`${turn.side} ${turn.symbol}? ${decision} ${code}. ${message}`);
    if (decision === 'ALLOW') log(`  would order ${sizing.quantity}, stop ${sizing.stopLoss}`);
  } catch (error) {
    log(`no decision, no order: ${error instanceof Error ? error.message : String(error)}`);
  }
}

log(
  `${settings.detectorSysname} asks for ${settings.symbols.join(', ')} of ${market}${settings.asksFirst ? ', checks only' : ''}`,
);
await Promise.all([
  takeTurns(),
  listen(),
  // A read that waits ends with its connection.
  new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => {
      bus.close();
      resolve();
    });
  }),
]);
log('stopped');
