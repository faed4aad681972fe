import type { Envelope } from '@inspector/contract';
import { createRandom, type Random } from '@inspector/provider/connectors';
import type { RequestDraft } from './request-draft.ts';
import { exitDraft, LIMIT_TTL_MS, openDraft, scoreOf } from './sensible-requests.ts';
import { addMark, type SymbolWatch, spreadPct, watchOf } from './symbol-watch.ts';
import { wrongDraft } from './wrong-requests.ts';

export interface ExampleDetectorSettings {
  connectorType: string;
  marketType: string;
  /** Name under which it asks. */
  detectorSysname: string;
  seed: number;
}

export interface ExampleDetector {
  /** Takes any envelope of the bus; answers the requests that it makes of it, none for most. */
  onEvent(envelope: Envelope): Envelope[];
}

/** Positions that it wants at the same time. */
const WANTED_POSITIONS = 5;
/** Seconds between entries: at least the pause, and a waiting time of this mean on top. */
const ENTRY_PAUSE_S = 8;
const ENTRY_WAIT_S = 40;
/** With fewer positions than this it waits less. */
const FEW_POSITIONS = 2;
const HUNGRY_WAIT_S = 12;
/** Until its first position it tries again this often. */
const FIRST_ENTRY_S = 2;
const WRONG_PAUSE_S = 12;
const WRONG_WAIT_S = 22;
/** While it was told to stop asking it tries now and then, as a bot that has not heard would. */
const INACTIVE_PAUSE_S = 25;
/** No second request for a symbol within this time. */
const SYMBOL_PAUSE_MS = 15_000;
/** A spread from which on it is tempted to trade the disorder, which the spread rule is there to stop. */
const TEMPTING_SPREAD_PCT = 0.35;

/**
 * A detector to watch Inspector by: it follows moves, fades shocks, leaves when the market turns, and makes a mistake now
 * and then. Pure and seeded: time is that of the events, so the same events give the same requests.
 */
export function createExampleDetector(settings: ExampleDetectorSettings): ExampleDetector {
  const random = createRandom(settings.seed);
  const watches = new Map<string, SymbolWatch>();
  const requests = requestWriter(settings, random);
  let isActive = true;
  let hasHeld = false;
  let nextEntryAt = 0;
  let nextWrongAt = 0;

  const isMine = (payload: { connectorType: string; marketType: string }): boolean =>
    payload.connectorType === settings.connectorType && payload.marketType === settings.marketType;

  function onEvent(envelope: Envelope): Envelope[] {
    switch (envelope.type) {
      case 'PROVIDER_SYMBOLS':
        if (!isMine(envelope.payload)) return [];
        for (const spec of envelope.payload.symbols) if (!watches.has(spec.name)) watches.set(spec.name, watchOf(spec));
        return [];
      case 'PROVIDER_MARKETDATA_ORDERBOOK': {
        const watch = isMine(envelope.payload) ? watches.get(envelope.payload.symbol.name) : undefined;
        if (watch) {
          watch.bid = envelope.payload.bids[0]?.price ?? watch.bid;
          watch.ask = envelope.payload.asks[0]?.price ?? watch.ask;
        }
        return [];
      }
      case 'PROVIDER_ACCOUNT_EVENT':
        if (isMine(envelope.payload)) noteAccount(envelope.payload, envelope.timestamp);
        return [];
      case 'INSPECTOR_RISK_LIMIT_BREACH':
        if (envelope.payload.detectorSysname === settings.detectorSysname) isActive = envelope.payload.opt.isActive;
        return [];
      case 'PROVIDER_SYMBOL_PRICES':
        if (!isMine(envelope.payload)) return [];
        for (const [name, { value, mark }] of Object.entries(envelope.payload.prices)) {
          const watch = watches.get(name);
          if (watch && mark === true) addMark(watch, value);
        }
        return decide(envelope.timestamp).map((draft) => requests.write(draft, envelope.timestamp));
      default:
        return [];
    }
  }

  function noteAccount(payload: Envelope<'PROVIDER_ACCOUNT_EVENT'>['payload'], now: number): void {
    const { positions } = payload.options;
    if (!positions) return;
    if (payload.eventType === 'snapshot') for (const watch of watches.values()) watch.held = undefined;
    for (const { symbol, side, quantity, entryPrice } of positions) {
      const watch = watches.get(symbol);
      if (!watch) continue;
      const isSame = watch.held?.side === side;
      watch.held = quantity > 0 ? { side, quantity, entryPrice, since: isSame ? watch.held!.since : now } : undefined;
      hasHeld ||= quantity > 0;
    }
  }

  /** Once a second: leave what has turned, perhaps enter, perhaps make a mistake. */
  function decide(now: number): RequestDraft[] {
    const quoted = [...watches.values()].filter(({ bid, ask }) => bid > 0 && ask > 0);
    if (quoted.length === 0) return [];
    if (nextEntryAt === 0) {
      nextEntryAt = now + FIRST_ENTRY_S * 1000;
      nextWrongAt = now + WRONG_PAUSE_S * 1000;
    }
    const drafts = quoted.flatMap((watch) => exitDraft(watch, now, random) ?? []);
    if (now >= nextEntryAt) drafts.push(...entry(quoted, now));
    if (now >= nextWrongAt) drafts.push(...mistake(quoted, now));
    for (const { symbol, fields } of drafts) {
      const watch = watches.get(symbol);
      if (watch) watch.busyUntil = now + ('price' in fields ? LIMIT_TTL_MS : SYMBOL_PAUSE_MS);
    }
    return drafts;
  }

  function entry(quoted: SymbolWatch[], now: number): RequestDraft[] {
    const held = quoted.filter((watch) => watch.held).length;
    const waitSeconds = held < FEW_POSITIONS ? HUNGRY_WAIT_S : ENTRY_WAIT_S;
    const pause = hasHeld ? ENTRY_PAUSE_S + random.exponential(1 / waitSeconds) : FIRST_ENTRY_S;
    nextEntryAt = now + 1000 * Math.max(pause, isActive ? 0 : INACTIVE_PAUSE_S);
    const free = quoted.filter((watch) => !watch.held && now >= watch.busyUntil);
    const [first] = free;
    if (!first || held >= WANTED_POSITIONS) return [];
    // The first entry comes before there is a signal: the most liquid symbol, at the market.
    if (!hasHeld) return [atMarket(openDraft(first, now, random), now)];
    const strongest = free.reduce((best, watch) => (Math.abs(scoreOf(watch)) > Math.abs(scoreOf(best)) ? watch : best));
    return [openDraft(strongest, now, random)];
  }

  function mistake(quoted: SymbolWatch[], now: number): RequestDraft[] {
    nextWrongAt = now + 1000 * (WRONG_PAUSE_S + random.exponential(1 / WRONG_WAIT_S));
    const wild = quoted.find((watch) => spreadPct(watch) >= TEMPTING_SPREAD_PCT && !watch.held);
    if (wild) return [openDraft(wild, now, random)];
    const watch = quoted[Math.floor(random.uniform() * quoted.length)]!;
    const draft = wrongDraft({ watch, now, random, lastRequestId: requests.last() });
    return draft ? [draft] : [];
  }

  return { onEvent };
}

const atMarket = (draft: RequestDraft, now: number): RequestDraft => {
  const { price: _price, ...fields } = draft.fields;
  return { ...draft, fields: { ...fields, expiresAt: now + 5_000 } };
};

/** Gives requests their ids: unique over restarts by the time of the first one, and deterministic. */
function requestWriter(settings: ExampleDetectorSettings, random: Random) {
  const { connectorType, marketType, detectorSysname } = settings;
  let run = '';
  let count = 0;
  let last: string | undefined;
  const word = () =>
    Math.floor(random.uniform() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');

  function write(draft: RequestDraft, now: number): Envelope {
    if (run === '') run = now.toString(36);
    count += 1;
    const requestId = draft.requestId ?? `${detectorSysname}-${run}-${count}`;
    last = requestId;
    const [b, c] = [word(), word()];
    // Time and number make it unique over restarts, which begin with the same random words.
    const second = Math.floor(now / 1000)
      .toString(16)
      .padStart(8, '0');
    const number = count.toString(16).padStart(12, '0');
    const payload = {
      requestId,
      connectorType,
      marketType,
      symbol: { name: draft.symbol },
      side: draft.side,
      detectorSysname,
      ...draft.fields,
    };
    return {
      eventId: `${second}-${b.slice(0, 4)}-4${b.slice(5)}-8${c.slice(5)}-${number}`,
      type: `DETECTOR_POSITION_${draft.type}_REQUEST`,
      source: 'DETECTOR',
      timestamp: now,
      payload,
    };
  }

  return { write, last: () => last };
}
