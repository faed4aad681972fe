import { type Case, dayLock } from './facts.ts';

/** Rules 18 to 39, and exits without a position. */
export const limitCases = {
  CONSECUTIVE_LOSSES: [
    {
      observed: 2,
      limit: 2,
      unit: 'count',
      facts: { locks: [{ ...dayLock, code: 'CONSECUTIVE_LOSSES' }] },
      said: 'Refused: 2 losses in a row, your limit is 2. Entries open again at 05:30 or when you re-arm.',
    },
  ],
  LOSS_TRADES_PER_DAY: [
    {
      observed: 3,
      limit: 3,
      unit: 'count',
      facts: { locks: null },
      said: 'Refused: 3 losing trades today, your limit is 3. Entries open again when its lock ends or when you re-arm.',
    },
  ],
  TRADES_PER_DAY: [
    {
      observed: 10,
      limit: 10,
      unit: 'count',
      said: 'Refused: 10 entries approved today, your limit is 10. Entries open again with the next trading day at 00:00 UTC, or when you raise maxTradesPerDay.',
    },
  ],
  DAILY_LOSS: [
    {
      observed: 5.2,
      limit: 5,
      unit: '%',
      facts: { locks: [dayLock] },
      said: "Refused: the day's loss is 5.2 %, your limit is 5 %. Entries open again at 05:30 or when you re-arm.",
    },
    {
      observed: 3.1,
      limit: 5,
      unit: '%',
      facts: { locks: [dayLock] },
      said: "Refused: the day's loss reached its limit and the lock is on; it is 3.1 % now, your limit is 5 %. Entries open again at 05:30 or when you re-arm.",
    },
    {
      observed: 5,
      limit: 5,
      unit: '%',
      said: "Refused: the day's loss is 5 %, your limit is 5 %. That lock has ended since; a new request is judged anew.",
    },
  ],
  DAILY_PROFIT: [
    {
      observed: 10.004,
      limit: 10,
      unit: '%',
      facts: { locks: [{ ...dayLock, code: 'DAILY_PROFIT' }] },
      said: "Refused: the day's profit is 10.004 %, your limit is 10 %. Entries open again at 05:30 or when you re-arm.",
    },
  ],
  DRAWDOWN: [
    {
      observed: 15.5,
      limit: 15,
      unit: '%',
      facts: { locks: [{ ...dayLock, code: 'DRAWDOWN', until: null }] },
      said: 'Refused: the drawdown from the equity peak is 15.5 %, your limit is 15 %. Entries open again when you re-arm.',
    },
  ],
  OPEN_POSITIONS: [
    {
      observed: 1,
      limit: 1,
      unit: 'count',
      said: 'Refused: 1 position is open or reserved, your limit is 1. Close one of them, or add to a symbol that is open already.',
    },
  ],
  CORRELATED_POSITIONS: [
    {
      observed: 2,
      limit: 2,
      unit: 'count',
      said: 'Refused: 2 positions of the same correlated group as BTCUSDT, your limit is 2. Close one of that group, or take the asset out of correlatedGroups.',
    },
  ],
  SPREAD: [
    {
      observed: 1.0004,
      limit: 1,
      unit: '%',
      message: 'The spread is 1.0004 % of mid; at most 1 % is tolerated.',
      said: 'Refused: the spread of BTCUSDT is 1.0004 %, your limit is 1 %. It can be entered when the spread is 1 % or less.',
    },
    {
      observed: 0.01,
      limit: 1,
      unit: '%',
      message: 'The book of BTCUSDT is older than 5000 ms.',
      said: 'Refused: the book of BTCUSDT is older than your limit of 5,000 ms. It can be entered with the next fresh book.',
    },
  ],
  SLIPPAGE: [
    {
      observed: 0.8,
      limit: 0.5,
      unit: '%',
      said: 'Refused: 0.5 BTCUSDT would cost 0.8 % against mid, your limit is 0.5 %. Ask for less, use a limit price, or wait for a deeper book.',
    },
    {
      observed: null,
      limit: 0.5,
      unit: '%',
      message: 'The book is too thin for 0.5 BTCUSDT.',
      said: 'Refused: the book of BTCUSDT is too thin for 0.5. Ask for less, or wait for a deeper book.',
    },
  ],
  PRICE_COLLAR: [
    {
      observed: 10,
      limit: 5,
      unit: '%',
      said: 'Refused: the limit price of 66,000 lies 10 % from the market, your limit is 5 %. A price between 57,000 and 63,000 would pass.',
    },
  ],
  ORDER_NOTIONAL: [
    {
      observed: 30_000,
      limit: 1_000,
      unit: 'USD',
      said: 'Refused: the order is worth 30,000.00 USD, your limit is 1,000.00 USD. A quantity of 0.0166666 or less would pass.',
    },
  ],
  LEVERAGE: [
    {
      observed: 25,
      limit: 10,
      unit: 'x',
      said: 'Refused: the leverage is 25×, at most 10× is allowed. Ask for 10× or less.',
    },
  ],
  POSITION_SIZE_MAX: [
    {
      observed: 30_000,
      limit: 2_000,
      unit: 'USD',
      said: 'Refused: the position in BTCUSDT would be 300 % of equity (30,000.00 USD), your limit is 20 % (2,000.00 USD). A quantity of 0.0333333 or less would pass.',
    },
    {
      observed: 32_000,
      limit: 2_000,
      unit: 'USD',
      said: 'Refused: the position in BTCUSDT would be 320 % of equity (32,000.00 USD), your limit is 20 % (2,000.00 USD). Nothing more fits until what is open or reserved is smaller.',
    },
  ],
  POSITION_SIZE_MIN: [
    {
      observed: 0,
      limit: 0.001,
      unit: 'base',
      said: 'Refused: the quantity is 0 BTCUSDT after rounding down, the venue takes 0.001 or more. Ask for 0.001 or more.',
    },
    {
      observed: 3,
      limit: 5,
      unit: 'USD',
      said: 'Refused: the order is worth 3.00 USD, the minimum is 5.00 USD. A quantity of about 0.0001 or more would pass.',
    },
  ],
  RISK_UNBOUNDED: [
    {
      message: 'riskPerTradePercent is on and the entry has no stop.',
      said: 'Refused: the entry has no stop, so what it can lose has no bound. Send a stopLoss, or set stopLossPercent above 0.',
    },
    {
      observed: 40_000,
      limit: 40_300,
      unit: 'quote',
      said: 'Refused: the stop 40,000 lies beyond the estimated liquidation price 40,300. A stop before 40,300 or less leverage would pass.',
    },
    {
      observed: 15_716.309,
      limit: 15_800.1,
      unit: 'quote',
      said: 'Refused: the stop 15,716.309 lies beyond the estimated liquidation price 15,800.1. A stop before 15,800.1 or less leverage would pass.',
    },
    {
      observed: 15_716.309,
      limit: 15_800.1357,
      unit: 'quote',
      facts: { tickSize: 0.01 },
      said: 'Refused: the stop 15,716.31 lies beyond the estimated liquidation price 15,800.14. A stop before 15,800.14 or less leverage would pass.',
    },
  ],
  RISK_PER_TRADE: [
    {
      observed: 300,
      limit: 200,
      unit: 'USD',
      said: 'Refused: its stop would cost 3 % of equity (300.00 USD), your limit is 2 % (200.00 USD). A quantity of 0.166666 or less would pass.',
    },
  ],
  RISK_REWARD: [
    {
      observed: 1,
      limit: 2,
      unit: 'ratio',
      said: 'Refused: the target is 1 times as far as the stop, your minimum is 2. A target of 60,600 or above, or a nearer stop, would pass.',
    },
  ],
  ROI_RANGE: [
    {
      observed: 0.5,
      limit: 1,
      unit: '%',
      said: 'Refused: the expected return is 0.5 %, your minimum is 1 %. An expected return of 1 % or more would pass.',
    },
    {
      observed: 50,
      limit: 20,
      unit: '%',
      said: 'Refused: the expected return is 50 %, your maximum is 20 %. An expected return of 20 % or less would pass.',
    },
  ],
  PORTFOLIO_EXPOSURE: [
    {
      observed: 40_000,
      limit: 30_000,
      unit: 'USD',
      said: "Refused: the account's exposure would be 400 % of equity (40,000.00 USD), your limit is 300 % (30,000.00 USD). A quantity of 0.333333 or less would pass.",
    },
    {
      observed: 20_000,
      limit: 30_000,
      unit: 'USD',
      facts: { locks: [{ ...dayLock, code: 'PORTFOLIO_EXPOSURE', until: null }] },
      said: 'Refused: the lock on exposure is on; it would be 200 % of equity (20,000.00 USD), your limit is 300 % (30,000.00 USD). Entries open again when you re-arm.',
    },
  ],
  MARGIN_INSUFFICIENT: [
    {
      observed: 10_000,
      limit: 4_000,
      unit: 'USD',
      said: 'Refused: it needs 10,000.00 USD of margin, 4,000.00 USD is available. A quantity of 0.2 or less would pass.',
    },
    {
      observed: 10_000,
      limit: 0,
      unit: 'USD',
      said: 'Refused: it needs 10,000.00 USD of margin, 0.00 USD is available. Free margin first: close something, or add funds.',
    },
  ],
  ORDER_RATE: [
    {
      observed: 20,
      limit: 20,
      unit: '1/s',
      message: '20 approvals in the last second; the limit is 20.',
      said: 'Dropped: 20 entries approved in the last second, your limit is 20 a second. It was dropped, not queued: send it again a second later with a new requestId.',
    },
    {
      observed: 1,
      limit: 20,
      unit: '1/s',
      message: '1000000 request ids are remembered; new ones wait until old ones expire.',
      said: 'Dropped: the memory of request ids is full with 1,000,000. New requests pass as the oldest ids are forgotten.',
    },
  ],
  NO_POSITION: [
    {
      message: 'BTCUSDT has no open LONG to close.',
      said: 'Refused: BTCUSDT has no open LONG to close. A close needs an open position of the side that it names.',
    },
    {
      message: 'All of the BTCUSDT LONG is on its way out.',
      said: 'Refused: all of the BTCUSDT LONG is on its way out. Nothing more needs to be sent.',
    },
  ],
} satisfies Record<string, Case[]>;
