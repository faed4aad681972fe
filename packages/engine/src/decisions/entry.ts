/**
 * What the rules look at: one request with everything that it is judged by, gathered once before the pass over the
 * rules. The object is reused, so that an approval allocates little. NaN = not given or not known.
 */
import { dailyPnlPct, drawdownPct, exposureUsd, unrealizedUsd } from '#account/equity.ts';
import type { Subject } from '#limits/scope.ts';
import { isBookFresh, midPrice, refreshPrice, spreadPercent } from '#market/valuation.ts';
import { type Settings, settingsFor } from '#settings/settings.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import type { Position, Side } from '#state/positions.ts';

/** An open request whose fields have been read; `problem` says what is wrong with them, '' when nothing is. */
export interface ParsedRequest {
  problem: string;
  requestId: string;
  connectorType: string;
  marketType: string;
  accountId: string | undefined;
  symbolName: string;
  side: Side;
  quantity: number;
  sizePercent: number;
  limitPrice: number;
  stopLoss: number;
  takeProfit: number;
  leverage: number;
  expectedRoiPercent: number;
  detectorSysname: string;
  expiresAt: number;
}

export interface Entry {
  /** A check, or the entry of a flip: its id is not looked up among the decided ones. */
  isKnownId: boolean;
  request: ParsedRequest;
  account: Account;
  /** −1 when the engine has not been told of the symbol. */
  symbol: number;
  settings: Settings;
  subject: Subject;
  direction: 1 | -1;
  position: Position | undefined;
  positionQuantity: number;
  /** Base units reserved on the symbol, same side. */
  reservedQuantity: number;
  reservedOtherSide: boolean;
  /** Price that sizes are judged by: the limit, else ask or bid, else valuation. */
  price: number;
  /** Fresh valuation price, NaN when none is fresh. */
  valuation: number;
  priceAgeMs: number;
  everPriced: boolean;
  hasBook: boolean;
  bookFresh: boolean;
  mid: number;
  spreadPct: number;
  equity: number;
  equityKnown: boolean;
  dailyPnlPct: number;
  drawdownPct: number;
  stop: number;
  target: number;
  leverage: number;
  /** Rounded down to the step; NaN when it could not be sized. */
  quantity: number;
  method: 'quantity' | 'sizePercent' | 'riskPerTradePercent' | null;
  notional: number;
  available: number;
  exposure: number;
  /** Limits that count half while the account is in stress. */
  maxPositionSizePercent: number;
  riskPerTradePercent: number;
  maxPortfolioExposurePercent: number;
}

const STRESS_FACTOR = 0.5;

/** Gathers what the request is judged by. Sizing comes after (`sizeEntry`). */
export function gatherEntry(
  engine: Engine,
  entry: Entry,
  request: ParsedRequest,
  account: Account,
  symbol: number,
): void {
  const symbols = engine.symbols;
  const name = request.symbolName;
  entry.request = request;
  entry.account = account;
  entry.symbol = symbol;
  entry.settings = settingsFor(engine.settings, account.key, name, request.detectorSysname);
  entry.direction = request.side === 'LONG' ? 1 : -1;
  entry.subject.accountKey = account.key;
  entry.subject.symbolKey =
    symbol >= 0 ? symbols.keys[symbol]! : `${request.connectorType}:${request.marketType}:${name}`;
  entry.subject.side = request.side;
  entry.subject.detectorSysname = request.detectorSysname;
  gatherPosition(engine, entry);
  gatherPrices(engine, entry);
  gatherAccount(entry);
  gatherLevels(engine, entry);
}

function gatherPosition(engine: Engine, entry: Entry): void {
  const serial = entry.symbol >= 0 ? entry.account.positions.get(entry.symbol) : undefined;
  entry.position = serial === undefined ? undefined : engine.positions.get(serial);
  entry.positionQuantity = entry.position === undefined ? 0 : engine.table.quantity[entry.position.slot]!;
  entry.reservedQuantity = 0;
  entry.reservedOtherSide = false;
  if (entry.account.reservations.size === 0) return;
  for (const id of entry.account.reservations) {
    const order = engine.orders.get(id)!;
    if (order.symbol !== entry.symbol) continue;
    if ((order.order.side === 'BUY' ? 1 : -1) === entry.direction) entry.reservedQuantity += order.reservedQuantity;
    else entry.reservedOtherSide = true;
  }
}

function gatherPrices(engine: Engine, entry: Entry): void {
  const { symbols } = engine;
  const { symbol, request } = entry;
  entry.valuation = Number.NaN;
  entry.everPriced = false;
  entry.hasBook = false;
  entry.bookFresh = false;
  entry.mid = Number.NaN;
  entry.spreadPct = Number.NaN;
  entry.priceAgeMs = Number.NaN;
  entry.price = request.limitPrice;
  if (symbol < 0) return;
  const staleMs = symbols.staleMs[symbol]!;
  if (entry.settings.priceStaleMs === staleMs) {
    readPrices(engine, entry);
    return;
  }
  // The detector's own idea of freshness, for this decision alone.
  symbols.staleMs[symbol] = entry.settings.priceStaleMs;
  readPrices(engine, entry);
  symbols.staleMs[symbol] = staleMs;
  refreshPrice(engine, symbol);
}

function readPrices(engine: Engine, entry: Entry): void {
  const { symbols, now } = engine;
  const { symbol } = entry;
  const isFresh = refreshPrice(engine, symbol);
  const last = symbols.price[symbol]!;
  if (isFresh) entry.valuation = last;
  entry.everPriced = !Number.isNaN(last);
  entry.priceAgeMs = now - symbols.priceTime[symbol]!;
  entry.mid = midPrice(symbols, symbol);
  entry.hasBook = !Number.isNaN(entry.mid);
  entry.bookFresh = isBookFresh(symbols, symbol, now);
  entry.spreadPct = spreadPercent(symbols, symbol);
  if (!Number.isNaN(entry.price)) return;
  if (entry.bookFresh) entry.price = entry.direction > 0 ? symbols.ask[symbol]! : symbols.bid[symbol]!;
  else entry.price = last;
}

function gatherAccount(entry: Entry): void {
  const { account, settings } = entry;
  entry.equityKnown = account.equityKnown;
  entry.equity = account.equity;
  entry.dailyPnlPct = dailyPnlPct(account);
  entry.drawdownPct = drawdownPct(account);
  entry.exposure = exposureUsd(account);
  const factor = account.stressSymbols.size > 0 ? STRESS_FACTOR : 1;
  entry.maxPositionSizePercent = settings.maxPositionSizePercent * factor;
  entry.riskPerTradePercent = settings.riskPerTradePercent * factor;
  entry.maxPortfolioExposurePercent = settings.maxPortfolioExposurePercent * factor;
}

/** Stop: the request's if tighter than `stopLossPercent`, else that. Target: the request's, else `takeProfitPercent`. */
function gatherLevels(engine: Engine, entry: Entry): void {
  const { settings, request, direction, price } = entry;
  const byOptions =
    settings.stopLossPercent > 0 ? price * (1 - (direction * settings.stopLossPercent) / 100) : Number.NaN;
  const requested = request.stopLoss;
  const isTighter = !(direction * (requested - byOptions) <= 0);
  entry.stop = !Number.isNaN(requested) && isTighter ? requested : byOptions;
  entry.target = request.takeProfit;
  if (Number.isNaN(entry.target) && settings.takeProfitPercent > 0) {
    entry.target = price * (1 + (direction * settings.takeProfitPercent) / 100);
  }
  const usual = request.marketType === 'spot' ? 1 : settings.defaultLeverage;
  entry.leverage = Number.isNaN(request.leverage) ? usual : request.leverage;
  entry.available = availableBalance(engine, entry.account);
}

/** The venue's own available balance, else wallet + unrealised − Σ notional / leverage of open positions. */
export function availableBalance(engine: Engine, account: Account): number {
  if (!Number.isNaN(account.availableBalance)) return account.availableBalance;
  const money = account.walletBalance + unrealizedUsd(account);
  if (account.leverages.size <= 1) {
    const [leverage = 1] = account.leverages.keys();
    return money - exposureUsd(account) / leverage;
  }
  let margin = 0;
  const { table } = engine;
  for (const serial of account.positions.values()) {
    const position = engine.positions.get(serial)!;
    const leverage = position.leverage > 0 ? position.leverage : 1;
    margin += (table.quantity[position.slot]! * table.price[position.slot]!) / leverage;
  }
  return money - margin;
}

/**
 * Empty, with every number NaN: a field that begins as a double is written in place ever after, one that begins as
 * anything else costs an allocation at each writing.
 */
export function createEntry(): Entry {
  const unset = Number.NaN;
  return {
    isKnownId: false,
    request: null as unknown as ParsedRequest,
    account: null as unknown as Account,
    symbol: -1,
    settings: null as unknown as Settings,
    subject: { accountKey: '', symbolKey: '', side: null, detectorSysname: null },
    direction: 1,
    position: undefined,
    positionQuantity: unset,
    reservedQuantity: unset,
    reservedOtherSide: false,
    price: unset,
    valuation: unset,
    priceAgeMs: unset,
    everPriced: false,
    hasBook: false,
    bookFresh: false,
    mid: unset,
    spreadPct: unset,
    equity: unset,
    equityKnown: false,
    dailyPnlPct: unset,
    drawdownPct: unset,
    stop: unset,
    target: unset,
    leverage: unset,
    quantity: unset,
    method: null,
    notional: unset,
    available: unset,
    exposure: unset,
    maxPositionSizePercent: unset,
    riskPerTradePercent: unset,
    maxPortfolioExposurePercent: unset,
  };
}
