import { type Case, dayLock, NOON } from './facts.ts';

/** Rules 1 to 17: the request, its detector, its account's link to the venue, its symbol, and the time. */
export const requestCases = {
  REQUEST_INVALID: [
    {
      message: 'The request is invalid: quantity must be above 0.',
      said: 'Refused: the request is invalid: quantity must be above 0. Correct it and send it again with a new requestId.',
    },
    {
      message: 'The request is invalid: the stop is on the wrong side of the price.',
      facts: { request: { side: 'LONG', stopLoss: 61_500.5 } },
      said: 'Refused: the request is invalid: the stop 61,500.5 of a LONG must be below the price, 60,000. A stop below 60,000 would pass.',
    },
    {
      message: 'The request is invalid: the target is on the wrong side of the price.',
      facts: { request: { side: 'SHORT', takeProfit: 61_500.123 }, tickSize: 0.1 },
      said: 'Refused: the request is invalid: the target 61,500.123 of a SHORT must be below the price, 60,000. A target below 60,000 would pass.',
    },
    {
      message: 'The request is invalid: quantity is not above 0.',
      facts: { request: { quantity: -1 } },
      said: 'Refused: the request is invalid: quantity is −1, not above 0. Correct it and send it again with a new requestId.',
    },
    {
      message: 'The request is invalid: side is neither LONG nor SHORT.',
      facts: { request: { side: 'BUY' } },
      said: 'Refused: the request is invalid: side is "BUY", neither LONG nor SHORT. Correct it and send it again with a new requestId.',
    },
    {
      message: 'The request is invalid: quantity and sizePercent exclude each other.',
      facts: { request: { quantity: 0.5, sizePercent: 2 } },
      said: 'Refused: the request is invalid: quantity 0.5 and sizePercent 2 % exclude each other. Correct it and send it again with a new requestId.',
    },
    {
      message: 'The request is invalid: BTCUSDT is open on the other side: that is a flip.',
      said: 'Refused: the request is invalid: BTCUSDT is open on the other side: that is a flip. Close the other side first, or send a flip request.',
    },
    {
      message: 'The request is invalid: it names no size and riskPerTradePercent is 0.',
      said: 'Refused: the request is invalid: it names no size and riskPerTradePercent is 0. Name a quantity or sizePercent, or set riskPerTradePercent above 0.',
    },
  ],
  REQUEST_EXPIRED: [
    {
      observed: NOON,
      limit: NOON - 1_350,
      unit: 'ms',
      message: 'The request expired 1350 ms ago.',
      said: 'Refused: the request expired 1,350 ms before it was decided. Send it again with a later expiresAt.',
    },
  ],
  REQUEST_DUPLICATE: [
    {
      message: 'r-7 was decided 12400 ms ago: BLOCK SPREAD.',
      said: 'Refused: this requestId was decided 12 s before with BLOCK SPREAD. That first decision stands. Use a new requestId for a new request.',
    },
  ],
  KILL_SWITCH_ACTIVE: [
    {
      scope: 'global',
      message: 'Kill switch k-1 is CLOSING and not re-armed.',
      said: 'Refused: kill switch k-1 is active, it stood at CLOSING. Entries open again when the venue shows flat and somebody re-arms it.',
    },
    {
      scope: 'global',
      message: 'Kill switch k-1 is VERIFIED_FLAT and not re-armed.',
      said: 'Refused: kill switch k-1 is active, it stood at VERIFIED_FLAT. The venue shows flat: entries open again when somebody re-arms it.',
    },
  ],
  STAND_DOWN_ACTIVE: [
    {
      scope: 'global',
      message: 'Stood down by ada: maintenance.',
      facts: { locks: [{ ...dayLock, scope: 'global', code: 'STAND_DOWN_ACTIVE', until: NOON + 7_200_000 }] },
      said: 'Refused: stood down by ada: maintenance. Entries open again at 19:30 or when the stand-down is lifted.',
    },
    {
      scope: 'global',
      message: 'Stood down by ada: maintenance.',
      facts: { locks: [{ ...dayLock, scope: 'global', code: 'STAND_DOWN_ACTIVE', until: null }] },
      said: 'Refused: stood down by ada: maintenance. Entries open again when the stand-down is lifted.',
    },
  ],
  LEASE_EXPIRED: [
    {
      scope: 'detector:momentum',
      message: 'The lease of momentum ran out.',
      said: 'Refused: the lease of momentum ran out. Entries open again when momentum renews its lease; if its positions were closed, you must re-arm as well.',
    },
  ],
  NOT_RECONCILED: [
    {
      message: 'The account is not reconciled: 2 differences to the venue are unresolved.',
      said: 'Refused: the account is not reconciled, 2 differences to the venue are unresolved. Entries open again when a comparison with the venue finds no difference; it runs every 15 s.',
    },
    {
      message: 'The account is not reconciled: it has not been compared with the venue.',
      said: 'Refused: the account is not reconciled, it has not been compared with the venue. Entries open again after the first comparison with the venue that succeeds; it is tried every 15 s.',
    },
  ],
  STREAM_GAP: [
    {
      message: 'Account events are missing; a reconciliation clears it.',
      said: 'Refused: account events of the venue are missing. Entries open again after the next reconciliation, which has been asked for.',
    },
  ],
  SYMBOL_UNKNOWN: [
    {
      message: "BTCUSDT is not among the venue's symbols.",
      said: "Refused: BTCUSDT is not among the venue's symbols. Use the venue's own name of the symbol.",
    },
    {
      message: 'BTCUSDT is not trading: BREAK.',
      said: 'Refused: BTCUSDT is not trading, its status is BREAK. It can be entered when the venue trades it again.',
    },
    {
      message: 'BTCUSDT cannot be sold short on spot.',
      said: 'Refused: BTCUSDT cannot be sold short on spot. Use a futures market for shorts.',
    },
  ],
  SYMBOL_EXCLUDED: [
    {
      message: 'BTCUSDT or its base asset is in excludedAssets.',
      said: 'Refused: BTCUSDT or its base asset is in your excludedAssets. It can be entered when you take it off that list.',
    },
  ],
  SYMBOL_NOT_PREFERRED: [
    {
      message: 'Neither BTCUSDT nor its base asset is in preferredAssets.',
      said: 'Refused: only preferred assets may be entered, and BTCUSDT is not among them. Add it to preferredAssets, or switch restrictToPreferred off.',
    },
  ],
  LEGACY_POSITION: [
    {
      message: 'BTCUSDT holds a legacy position; adopt it first.',
      said: 'Refused: BTCUSDT holds a legacy position, which Inspector does not touch. Adopt that position, or close it at the venue.',
    },
  ],
  PRICE_MISSING: [
    {
      message: 'BTCUSDT has never had a price.',
      said: 'Refused: BTCUSDT has never had a price. It can be entered after its first price from the venue.',
    },
  ],
  PRICE_STALE: [
    {
      observed: 5_001,
      limit: 5_000,
      unit: 'ms',
      said: 'Refused: the newest price of BTCUSDT is 5,001 ms old, your limit is 5,000 ms. It can be entered with the next fresh price.',
    },
  ],
  EQUITY_UNKNOWN: [
    {
      message: 'The equity of the account is unknown: no fresh price of ETHUSDT.',
      said: 'Refused: the equity of the account is unknown, no fresh price of ETHUSDT. Entries open again when every open position has a fresh price.',
    },
    {
      message: 'The equity of the account is unknown: the venue gave no balance.',
      said: 'Refused: the equity of the account is unknown, the venue gave no balance. Entries open again when the venue gives a balance.',
    },
  ],
  NO_TRADE_WINDOW: [
    {
      message: 'Entries are shut from 22:00 to 23:30 (rollover).',
      said: 'Refused: it is inside your no-trade window "rollover" from 22:00 to 23:30 UTC. Entries open again at 23:30 UTC.',
    },
  ],
  COOLDOWN_ACTIVE: [
    {
      observed: 12,
      limit: 30,
      unit: 's',
      said: 'Refused: the last losing close was 12 s ago, your cooldown is 30 s. Entries open again at 17:30:18.',
    },
  ],
} satisfies Record<string, Case[]>;
