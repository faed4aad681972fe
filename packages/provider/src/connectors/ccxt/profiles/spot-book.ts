/**
 * What a spot account holds, as positions. The quantity is always the balance; fills say in which market it was bought and at
 * what price. An asset that is sold in several markets has a position in each in which it was bought.
 */
import type { VenuePosition } from '@inspector/contract';
import { rounded } from '../instruments.ts';
import { heldAtCost, moneyAssets } from './money.ts';
import { meanPrice } from './spot-entry.ts';
import type { SpotMarket, SpotMarkets } from './spot-markets.ts';

export interface SpotFill {
  symbol: string;
  side: 'BUY' | 'SELL';
  quantity: number;
  price: number;
  /** Fee that was taken from the base asset, in base units. */
  baseFee: number;
  time: number;
}

export interface SpotBalance {
  asset: string;
  /** Free and bound together. */
  total: number;
  free: number;
}

export interface SpotBook {
  useMarkets(markets: SpotMarkets): void;
  /** Counts what the stream said: a reading that began before is older than that. */
  readonly changes: number;
  setPrice(symbol: string, price: number): void;
  priceOf(symbol: string): number | undefined;
  /** A fill, before or after the balance that contains it. */
  fill(fill: SpotFill): void;
  /** Balances of `time`; all of them when `isWhole`. */
  setBalances(balances: readonly SpotBalance[], time: number, isWhole?: boolean): void;
  /** Assets that could be positions and that nobody has said a price of yet, the most there is of first. */
  unseen(): { asset: string; quantity: number }[];
  see(asset: string, seen: { symbol: string; entryPrice: number }): void;
  /** From now on what comes without a fill is seen at the present price. */
  begin(): void;
  /** What is at least the least that can be sold. Of `assets` only, then also what is gone. */
  positions(assets?: ReadonlySet<string>): VenuePosition[];
  /** Money by asset, and what is held, at cost. */
  wallets(): Map<string, number>;
  freeMoney(): number;
  /** Base units that can be sold in a market; undefined when the balance is not known. */
  sellable(symbol: string): number | undefined;
}

interface Holding {
  market: SpotMarket;
  quantity: number;
  entryPrice: number;
}

/** A change of a balance that no fill had explained when it came. */
interface Unexplained {
  holding: Holding;
  /** Negative when it was a loss. */
  quantity: number;
  /** At which it was added. */
  price: number;
  time: number;
}

/** Balances have eight decimals: smaller differences are arithmetic. */
const NOISE = 5e-9;

export function createSpotBook(): SpotBook {
  let markets: SpotMarkets = { bySymbol: () => undefined, of: () => [] };
  let hasBegun = false;
  let changes = 0;
  const balances = new Map<string, SpotBalance>();
  const holdings = new Map<string, Holding[]>();
  const unexplained = new Map<string, Unexplained>();
  const prices = new Map<string, number>();

  const heldOf = (asset: string): Holding[] => holdings.get(asset) ?? [];
  const sumOf = (asset: string): number => heldOf(asset).reduce((sum, { quantity }) => sum + quantity, 0);
  const largestOf = (asset: string): Holding | undefined =>
    heldOf(asset).toSorted((a, b) => b.quantity - a.quantity)[0];

  function holdingIn(market: SpotMarket): Holding {
    const known = heldOf(market.base).find((holding) => holding.market.symbol === market.symbol);
    if (known !== undefined) return known;
    const holding = { market, quantity: 0, entryPrice: 0 };
    holdings.set(market.base, [...heldOf(market.base), holding]);
    return holding;
  }

  function add(holding: Holding, added: { quantity: number; price: number }): void {
    holding.entryPrice = meanPrice(holding, added);
    holding.quantity += added.quantity;
  }

  /** What was sold in one market may have been bought in another. */
  function take(asset: string, quantity: number, first?: Holding): void {
    const others = heldOf(asset).toSorted((a, b) => b.quantity - a.quantity);
    let left = quantity;
    for (const holding of first === undefined ? others : [first, ...others]) {
      const taken = Math.min(left, holding.quantity);
      holding.quantity -= taken;
      left -= taken;
    }
  }

  /** A balance that came before its fill: what it changed is taken back, for the fill to change it. */
  function takeBack(asset: string, moved: number, time: number): void {
    const change = unexplained.get(asset);
    if (change === undefined || time > change.time || change.quantity > 0 !== moved > 0) return;
    const back = Math.sign(moved) * Math.min(Math.abs(change.quantity), Math.abs(moved));
    const { holding } = change;
    const cost = holding.entryPrice * holding.quantity - change.price * back;
    holding.quantity -= back;
    if (back > 0) holding.entryPrice = holding.quantity > NOISE ? cost / holding.quantity : 0;
    change.quantity -= back;
    if (Math.abs(change.quantity) <= NOISE) unexplained.delete(asset);
  }

  function settle(asset: string, total: number, time: number): void {
    const change = total - sumOf(asset);
    if (Math.abs(change) <= NOISE) return;
    const largest = largestOf(asset);
    if (change < 0) {
      if (largest === undefined) return;
      unexplained.set(asset, { holding: largest, quantity: change, price: largest.entryPrice, time });
      take(asset, -change);
      return;
    }
    const market = largest?.market ?? markets.of(asset).find(({ symbol }) => prices.has(symbol));
    const price = (market && prices.get(market.symbol)) ?? largest?.entryPrice;
    // Without a price it waits until it is seen; too little to be sold is no position.
    if (market === undefined || price === undefined || (largest === undefined && isDust(market, change, price))) return;
    const holding = holdingIn(market);
    unexplained.set(asset, { holding, quantity: change, price, time });
    add(holding, { quantity: change, price });
  }

  function rowOf({ market, quantity, entryPrice }: Holding): VenuePosition {
    const sold = floored(quantity, market.stepSize);
    const shown = isDust(market, sold, entryPrice) ? 0 : sold;
    return { symbol: market.symbol, side: 'LONG', quantity: shown, entryPrice };
  }

  return {
    useMarkets(present) {
      markets = present;
    },
    get changes() {
      return changes;
    },
    setPrice: (symbol, price) => void prices.set(symbol, price),
    priceOf: (symbol) => prices.get(symbol),
    fill(fill) {
      changes += 1;
      const market = markets.bySymbol(fill.symbol);
      if (market === undefined || !hasBegun) return;
      prices.set(fill.symbol, fill.price);
      const moved = (fill.side === 'BUY' ? fill.quantity : -fill.quantity) - fill.baseFee;
      takeBack(market.base, moved, fill.time);
      const holding = holdingIn(market);
      if (moved < 0) take(market.base, -moved, holding);
      else add(holding, { quantity: moved, price: fill.price });
    },
    setBalances(shown, time, isWhole = false) {
      if (!isWhole) changes += 1;
      const present = new Map(shown.map((balance) => [balance.asset, balance]));
      const gone = isWhole ? [...balances.keys()].filter((asset) => !present.has(asset)) : [];
      for (const asset of gone) present.set(asset, { asset, total: 0, free: 0 });
      for (const balance of present.values()) {
        balances.set(balance.asset, balance);
        if (hasBegun && !moneyAssets.has(balance.asset)) settle(balance.asset, balance.total, time);
      }
    },
    unseen() {
      const worth = (asset: string, quantity: number): number =>
        quantity * (prices.get(markets.of(asset).find(({ symbol }) => prices.has(symbol))?.symbol ?? '') ?? 0);
      return [...balances.values()]
        .filter(({ asset, total }) => total > NOISE && !moneyAssets.has(asset) && heldOf(asset).length === 0)
        .filter(({ asset, total }) => isNews(markets.of(asset), total, prices))
        .map(({ asset, total }) => ({ asset, quantity: total }))
        .sort((a, b) => worth(b.asset, b.quantity) - worth(a.asset, a.quantity));
    },
    see(asset, { symbol, entryPrice }) {
      const market = markets.bySymbol(symbol);
      if (market === undefined || heldOf(asset).length > 0) return;
      add(holdingIn(market), { quantity: balances.get(asset)?.total ?? 0, price: entryPrice });
    },
    begin() {
      hasBegun = true;
    },
    positions(assets) {
      const rows: VenuePosition[] = [];
      for (const [asset, list] of holdings) {
        if (assets !== undefined && !assets.has(asset)) continue;
        rows.push(...list.map(rowOf).filter(({ quantity }) => quantity > 0 || assets !== undefined));
        const left = list.filter(({ quantity }) => quantity > NOISE);
        if (left.length > 0) holdings.set(asset, left);
        else holdings.delete(asset);
      }
      return rows;
    },
    wallets() {
      const money = [...balances.values()].filter(({ asset }) => moneyAssets.has(asset));
      const held = [...holdings.values()].flat().reduce((sum, each) => sum + each.quantity * each.entryPrice, 0);
      return new Map([...money.map(({ asset, total }) => [asset, total] as const), [heldAtCost, rounded(held)]]);
    },
    freeMoney: () =>
      [...balances.values()].reduce((sum, { asset, free }) => sum + (moneyAssets.has(asset) ? free : 0), 0),
    sellable(symbol) {
      const market = markets.bySymbol(symbol);
      if (market === undefined || heldOf(market.base).length === 0) return undefined;
      return rounded(sumOf(market.base));
    },
  };
}

/** Less than the market takes, in quantity or in worth. */
const isDust = ({ minQuantity, minNotional }: SpotMarket, quantity: number, price: number): boolean =>
  quantity < minQuantity * (1 - 1e-9) || quantity * price < minNotional * (1 - 1e-9);

/** Could be sold, or nothing is known of its price. */
function isNews(markets: readonly SpotMarket[], quantity: number, prices: ReadonlyMap<string, number>): boolean {
  const priced = markets.find(({ symbol }) => prices.has(symbol));
  if (priced === undefined) return markets.length > 0;
  return !isDust(priced, quantity, prices.get(priced.symbol)!);
}

/** What is no whole step cannot be sold. */
const floored = (quantity: number, step: number): number =>
  step > 0 ? rounded(Math.floor(quantity / step + 1e-6) * step) : quantity;
