import type { Random } from './random.ts';
import type { SymbolProfile } from './symbols.ts';

/**
 * How prices move. The return of a symbol is beta × the return of a common factor + its own noise + the drift of the
 * common regime − a pull to its anchor. The factor's variance follows GARCH(1,1) (Bollerslev 1986) on a grid of one
 * second under a slowly wandering level, so that calm and storm come in spells. Shocks jump the price of one symbol, or
 * of all, and thin out the book; its liquidity then comes back by half-lives.
 */
export interface PriceProcess {
  symbols: SymbolPrice[];
  /** Variance of the factor's return over one second. */
  variance: number;
  /** Return of the factor within the second that is under way, and how much of that second is over. */
  secondReturn: number;
  secondPart: number;
  /** Log of the slow multiplier of volatility. */
  slowLogVolatility: number;
  regime: Regime;
}

export interface SymbolPrice {
  logPrice: number;
  /** 1 in calm; the spread is that many times as wide and depth shrinks with it. */
  thinness: number;
}

export type Regime = {
  kind: 'trend' | 'range' /** Drift of the factor a second. */;
  drift: number /** Log factor since the regime began. */;
  moved: number;
  secondsLeft: number;
};

/** Standard deviation of the common factor over one minute in ordinary times, in percent. */
const FACTOR_MINUTE_PCT = 0.07;
const LONG_RUN_VARIANCE = (FACTOR_MINUTE_PCT / 100) ** 2 / 60;
/** GARCH weights of the last squared return and of the last variance: shocks to variance halve in some 140 s. */
const GARCH_RECENT = 0.05;
const GARCH_MEMORY = 0.945;
/** Bound of the variance against its long run: a storm of at most 4 times the usual volatility. */
const VARIANCE_CEILING = 16 * LONG_RUN_VARIANCE;
const SLOW_HALF_LIFE_S = 3600;
const SLOW_STANDARD_DEVIATION = 0.35;
const ANCHOR_HALF_LIFE_S = 12 * 3600;
const RANGE_HALF_LIFE_S = 90;
const THINNESS_HALF_LIFE_S = 3.5;
const SYMBOL_SHOCKS_PER_SECOND = 1 / 3000;
const MARKET_SHOCKS_PER_SECOND = 1 / 3600;

const decay = (seconds: number, halfLifeSeconds: number): number => 1 - 2 ** (-seconds / halfLifeSeconds);

export function startPriceProcess(profiles: readonly SymbolProfile[], random: Random): PriceProcess {
  return {
    symbols: profiles.map(({ anchorPrice }) => ({
      logPrice: Math.log(anchorPrice) + 0.01 * random.normal(),
      thinness: 1,
    })),
    variance: LONG_RUN_VARIANCE,
    secondReturn: 0,
    secondPart: 0,
    slowLogVolatility: 0,
    regime: nextRegime(random),
  };
}

/** The process's volatility against ordinary times: 1 is usual. */
export const volatilityOf = (process: PriceProcess): number =>
  Math.sqrt(process.variance / LONG_RUN_VARIANCE) * Math.exp(process.slowLogVolatility);

/** Moves all prices on by `seconds`, at most 1. */
export function movePrices(
  process: PriceProcess,
  profiles: readonly SymbolProfile[],
  seconds: number,
  random: Random,
): void {
  const factor = moveFactor(process, seconds, random);
  const scale = Math.exp(process.slowLogVolatility);
  const ownScale = Math.sqrt(seconds / 60) * (0.5 * scale + 0.5 * volatilityOf(process));
  const marketShock = random.uniform() < MARKET_SHOCKS_PER_SECOND * seconds ? shockSize(random) : 0;
  profiles.forEach((profile, index) => {
    const symbol = process.symbols[index]!;
    const own = (profile.ownMinutePct / 100) * ownScale * random.normal();
    const pull = (Math.log(profile.anchorPrice) - symbol.logPrice) * decay(seconds, ANCHOR_HALF_LIFE_S);
    symbol.logPrice += profile.beta * factor + own + pull;
    symbol.thinness = 1 + (symbol.thinness - 1) * (1 - decay(seconds, THINNESS_HALF_LIFE_S));
    const shock =
      random.uniform() < SYMBOL_SHOCKS_PER_SECOND * seconds ? shockSize(random) : marketShock * profile.beta;
    if (shock === 0) return;
    symbol.logPrice += shock;
    symbol.thinness = Math.max(symbol.thinness, 15 + 35 * random.uniform());
  });
}

/** A jump of 0.2 to 1.1 %, up or down, more often a small one. */
const shockSize = (random: Random): number =>
  (random.uniform() < 0.5 ? -1 : 1) * (0.002 + 0.009 * random.uniform() ** 3);

function moveFactor(process: PriceProcess, seconds: number, random: Random): number {
  moveRegime(process, seconds, random);
  const { regime } = process;
  const deviation = Math.sqrt(process.variance * seconds) * Math.exp(process.slowLogVolatility);
  const noise = deviation * random.normal();
  const drift = regime.kind === 'trend' ? regime.drift * seconds : -regime.moved * decay(seconds, RANGE_HALF_LIFE_S);
  regime.moved += noise + drift;
  process.secondReturn += noise / Math.exp(process.slowLogVolatility);
  process.secondPart += seconds;
  if (process.secondPart >= 0.999) {
    const base = (1 - GARCH_RECENT - GARCH_MEMORY) * LONG_RUN_VARIANCE;
    const variance = base + GARCH_RECENT * process.secondReturn ** 2 + GARCH_MEMORY * process.variance;
    process.variance = Math.min(VARIANCE_CEILING, variance);
    process.secondReturn = 0;
    process.secondPart = 0;
  }
  return noise + drift;
}

function moveRegime(process: PriceProcess, seconds: number, random: Random): void {
  const back = decay(seconds, SLOW_HALF_LIFE_S);
  process.slowLogVolatility +=
    -back * process.slowLogVolatility + SLOW_STANDARD_DEVIATION * Math.sqrt(2 * back) * random.normal();
  process.regime.secondsLeft -= seconds;
  if (process.regime.secondsLeft <= 0) process.regime = nextRegime(random);
}

/** 3 to 15 minutes of a trend that moves the factor by some 0.5 to 1.3 %, or of a range. */
function nextRegime(random: Random): Regime {
  const secondsLeft = 180 + 720 * random.uniform();
  if (random.uniform() < 0.4) return { kind: 'range', drift: 0, moved: 0, secondsLeft };
  const total = (random.uniform() < 0.5 ? -1 : 1) * (0.005 + 0.008 * random.uniform());
  return { kind: 'trend', drift: total / secondsLeft, moved: 0, secondsLeft };
}
