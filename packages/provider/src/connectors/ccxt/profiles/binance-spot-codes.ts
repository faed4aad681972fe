import type { Meaning } from '../venue-trouble.ts';

/** "Error codes for Binance" of spot. */
export const binanceSpotCodes: Readonly<Record<string, Meaning>> = {
  '-1000': 'outcome-unknown',
  '-1001': 'outcome-unknown',
  '-1002': 'key',
  '-1003': 'rate-limit',
  '-1006': 'outcome-unknown',
  '-1007': 'outcome-unknown',
  '-1008': 'not-taken',
  '-1013': 'refused',
  '-1015': 'rate-limit',
  '-1016': 'maintenance',
  '-1021': 'clock',
  '-1022': 'key',
  '-1102': 'refused',
  '-1104': 'refused',
  '-1106': 'refused',
  '-1111': 'min-size',
  '-1121': 'symbol',
  '-2010': 'refused',
  '-2011': 'no-such-order',
  '-2013': 'no-such-order',
  '-2014': 'key',
  '-2015': 'permission',
  '-2026': 'no-such-order',
};

/** -2010 and -1013 mean a dozen things each, which only their words tell apart. */
export const binanceSpotPhrases: readonly (readonly [RegExp, Meaning])[] = [
  [/Duplicate order sent/i, 'duplicate'],
  [/insufficient balance/i, 'margin'],
  [/trigger immediately/i, 'would-trigger'],
  [/Filter failure: \w*(LOT_SIZE|NOTIONAL)/i, 'min-size'],
  [/not permitted for this account|disabled on this account/i, 'permission'],
];
