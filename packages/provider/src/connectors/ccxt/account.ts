/**
 * The account as the venue shows it, and what is told of it. The stream says what happens; REST says how it stands: at the
 * start, after every loss of the stream, every few seconds as a check, and whenever somebody asks.
 */
import type { Order, VenuePosition } from '@inspector/contract';
import type { Position } from 'ccxt';
import { type AccountState, ConnectorError } from '../connector.ts';
import type { AccountWords } from './account-words.ts';
import { type Instruments, rounded } from './instruments.ts';
import { moneyAssets } from './profiles/money.ts';
import type { BalanceWords, Transfer, VenueProfile } from './profiles/profile.ts';
import { raise } from './raise.ts';
import type { Urgency } from './request-budget.ts';
import type { UserWord } from './user-words.ts';
import type { VenueCalls } from './venue-calls.ts';
import type { VenueClock } from './venue-clock.ts';

/** Sums of balances that differ by less are the same. */
const SAME_USD = 1e-6;

export interface VenueAccountPorts {
  profile: Pick<VenueProfile, 'marketType' | 'readAccount'>;
  calls: VenueCalls;
  words: AccountWords;
  clock: VenueClock;
  instruments: () => Instruments;
  openOrders: () => Promise<Order[]>;
  /** Hears which symbols the account has something in. */
  onSymbols: (names: readonly string[]) => void;
  /** The venue shows another wallet than was told. */
  onWalletMoved: () => void;
}

export interface VenueAccount {
  read(urgency: Urgency): Promise<AccountState>;
  /** Reads everything and tells it as it stands. */
  tellSnapshot(): Promise<void>;
  /** Tells what the stream said. */
  tellChange(word: Extract<UserWord, { kind: 'account' }>): void;
  /** Tells of money that came or went, as the venue's log shows it: the wallet may have been told with it, or not yet. */
  tellTransfer(transfer: Transfer): void;
  /** Symbols in which positions differ from what was told last. */
  differences(): Promise<string[]>;
  /** Names of the symbols with an open position, as told last. */
  held(): string[];
}

export function createVenueAccount(ports: VenueAccountPorts): VenueAccount {
  const { profile, calls, words, clock, instruments, openOrders, onSymbols, onWalletMoved } = ports;
  const wallets = new Map<string, number>();
  /** Venue time: what happened by then is in the wallets. */
  let walletsAsOf = Number.NEGATIVE_INFINITY;
  /** As it was told last. */
  let walletTold: number | undefined;
  /** Signed quantities as told last, by symbol. */
  const told = new Map<string, number>();
  /** When the stream told of a symbol last, in venue time. */
  const toldAt = new Map<string, number>();
  /** The time of the first snapshot: what came by then was there before. */
  let firstToldAt: number | undefined;

  const isNewer = (name: string, time: number): boolean => (toldAt.get(name) ?? Number.NEGATIVE_INFINITY) >= time;

  const walletBalance = (): number => {
    let sum = 0;
    for (const [asset, balance] of wallets) if (moneyAssets.has(asset)) sum += balance;
    return rounded(sum);
  };

  async function readPositions(urgency: Urgency): Promise<VenuePosition[]> {
    if (profile.readAccount !== undefined) return (await calls.account(urgency)).positions;
    if (profile.marketType === 'spot') return [];
    const shown = await calls.positions(urgency);
    const positions = shown.flatMap((each) => positionOf(each, instruments()) ?? []);
    refuseBothSides(positions);
    return positions;
  }

  async function readBoth(urgency: Urgency): Promise<[BalanceWords, VenuePosition[]]> {
    if (profile.readAccount === undefined) return Promise.all([calls.balances(urgency), readPositions(urgency)]);
    const { balances, positions } = await calls.account(urgency);
    return [balances, positions];
  }

  /** What the stream told of later than the venue was asked stays as it was told. */
  function noteTold(positions: readonly VenuePosition[], time: number): void {
    for (const name of told.keys()) if (!isNewer(name, time)) told.delete(name);
    for (const position of positions) {
      if (!isNewer(position.symbol, time)) told.set(position.symbol, signedQuantity(position));
    }
    onSymbols(positions.map(({ symbol }) => symbol));
  }

  async function read(urgency: Urgency): Promise<AccountState> {
    const time = clock.now();
    const [balances, positions] = await readBoth(urgency).catch(raise);
    noteBalances(balances, time);
    const { availableBalance, marginRatio } = balances;
    if (walletTold !== undefined && Math.abs(walletBalance() - walletTold) > SAME_USD) onWalletMoved();
    return { time, walletBalance: walletBalance(), availableBalance, marginRatio, positions };
  }

  function noteBalances(balances: BalanceWords, time: number): void {
    walletsAsOf = time;
    wallets.clear();
    for (const [asset, balance] of balances.wallets) wallets.set(asset, balance);
  }

  /**
   * What moved without a word is told as moved: a snapshot alone would have to be seen twice before it is acted on. Not at
   * the first time, when everything that is there was there before.
   */
  function tellMissed(positions: readonly VenuePosition[], time: number): void {
    if (firstToldAt === undefined) {
      firstToldAt = time;
      return;
    }
    const shown = new Map(positions.map((position) => [position.symbol, position]));
    const gone = [...told.keys()].filter((name) => told.get(name) !== 0 && !shown.has(name));
    const moved = [
      ...gone.map((symbol): VenuePosition => ({ symbol, side: 'LONG', quantity: 0, entryPrice: 0 })),
      ...positions.filter((position) => signedQuantity(position) !== (told.get(position.symbol) ?? 0)),
    ];
    const rows = moved.filter(({ symbol }) => !isNewer(symbol, time));
    if (rows.length > 0) words.account({ eventType: 'position', eventTime: time, options: { positions: rows } });
  }

  return {
    read,
    async tellSnapshot() {
      // Orders first: what fills meanwhile is then in the positions, and not the other way round.
      const orders = await openOrders();
      const { time, positions, ...balances } = await read('account');
      tellMissed(positions, time);
      noteTold(positions, time);
      onSymbols(orders.map(({ symbol }) => symbol.name));
      walletTold = balances.walletBalance;
      words.account({ eventType: 'snapshot', eventTime: time, options: { ...balances, positions, orders } });
    },
    tellChange({ time, wallets: changed, positions, transfer }) {
      for (const { asset, balance } of changed) wallets.set(asset, balance);
      if (changed.length > 0) walletsAsOf = Math.max(walletsAsOf, time);
      const balance = changed.some(({ asset }) => moneyAssets.has(asset)) ? { walletBalance: walletBalance() } : {};
      walletTold = balance.walletBalance ?? walletTold;
      if (transfer !== undefined && moneyAssets.has(transfer.asset)) {
        words.account({ eventType: 'transfer', eventTime: time, options: { amount: transfer.amount, ...balance } });
        return;
      }
      const known = positions.filter(({ symbol }) => instruments().byName(symbol) !== undefined);
      const rows = rowsOf(known, told);
      for (const { symbol } of rows) toldAt.set(symbol, time);
      if (rows.length === 0 && balance.walletBalance === undefined) return;
      onSymbols(rows.filter(({ quantity }) => quantity > 0).map(({ symbol }) => symbol));
      const options = rows.length === 0 ? balance : { ...balance, positions: rows };
      words.account({ eventType: rows.length === 0 ? 'balance' : 'position', eventTime: time, options });
    },
    tellTransfer({ asset, amount, time }) {
      if (!moneyAssets.has(asset) || firstToldAt === undefined || time <= firstToldAt) return;
      // With the wallet that it is in nobody counts it twice; without it, it is added.
      const wallet = time <= walletsAsOf ? { walletBalance: walletBalance() } : {};
      words.account({ eventType: 'transfer', eventTime: Math.max(time, walletsAsOf), options: { amount, ...wallet } });
    },
    async differences() {
      const shown = new Map((await readPositions('account')).map((each) => [each.symbol, signedQuantity(each)]));
      const names = new Set([...shown.keys(), ...told.keys()]);
      return [...names].filter((name) => Math.abs((shown.get(name) ?? 0) - (told.get(name) ?? 0)) > 1e-9);
    },
    held: () => [...told].flatMap(([name, quantity]) => (quantity === 0 ? [] : [name])),
  };
}

const signedQuantity = ({ side, quantity }: VenuePosition): number => (side === 'LONG' ? quantity : -quantity);

function positionOf(shown: Position, instruments: Instruments): VenuePosition | undefined {
  const instrument = instruments.byUnified(shown.symbol);
  const quantity = rounded(Math.abs(shown.contracts ?? 0) * (instrument?.contractSize ?? 1));
  if (instrument === undefined || quantity === 0) return undefined;
  const leverage = shown.leverage ?? undefined;
  return {
    symbol: instrument.name,
    side: shown.side === 'short' ? 'SHORT' : 'LONG',
    quantity,
    entryPrice: shown.entryPrice ?? 0,
    ...(leverage === undefined || !(leverage > 0) ? {} : { leverage }),
  };
}

/** A symbol is one position to Inspector: long and short at once have no single result, stop or size. */
function refuseBothSides(positions: readonly VenuePosition[]): void {
  const seen = new Set<string>();
  for (const { symbol } of positions) {
    if (seen.has(symbol)) {
      const message = `${symbol} is held long and short at once, which cannot be governed as one position: close one side`;
      throw new ConnectorError('ACCOUNT_MODE', message);
    }
    seen.add(symbol);
  }
}

/** What changed, a row a symbol: of the sides of a hedged symbol the one that is open. Notes it as told. */
function rowsOf(
  positions: readonly (VenuePosition & { hedgeSide?: 'LONG' | 'SHORT' })[],
  told: Map<string, number>,
): VenuePosition[] {
  const rows = new Map<string, VenuePosition>();
  for (const { hedgeSide, ...position } of positions) {
    const before = told.get(position.symbol) ?? 0;
    // What the other side of a hedged symbol does says nothing of the one that is open. Both at once the check finds.
    const isOther = hedgeSide !== undefined && before !== 0 && signOf(hedgeSide) !== Math.sign(before);
    if (isOther && (position.quantity === 0 || !isLeft(position.symbol, positions))) continue;
    const other = rows.get(position.symbol);
    if (other === undefined || position.quantity > 0) rows.set(position.symbol, position);
  }
  for (const row of rows.values()) told.set(row.symbol, signedQuantity(row));
  return [...rows.values()];
}

/** One side of it went flat in the same moment. */
const isLeft = (name: string, positions: readonly VenuePosition[]): boolean =>
  positions.some(({ symbol, quantity }) => symbol === name && quantity === 0);

const signOf = (side: 'LONG' | 'SHORT'): number => (side === 'LONG' ? 1 : -1);
