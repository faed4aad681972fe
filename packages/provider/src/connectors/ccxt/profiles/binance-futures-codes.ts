import type { Meaning } from '../venue-trouble.ts';

/** "Error Codes" of USD-M futures in Binance's developer documentation; only what it says to be unknown is unknown. */
export const binanceFuturesCodes: Readonly<Record<string, Meaning>> = {
  '-1000': 'outcome-unknown',
  '-1001': 'outcome-unknown',
  '-1002': 'key',
  '-1003': 'rate-limit',
  '-1006': 'outcome-unknown',
  '-1007': 'outcome-unknown',
  // Thrown back by the overload protection, before the matching engine.
  '-1008': 'not-taken',
  '-1015': 'rate-limit',
  '-1016': 'maintenance',
  '-1021': 'clock',
  '-1022': 'key',
  '-1102': 'refused',
  '-1106': 'refused',
  '-1111': 'min-size',
  '-1121': 'symbol',
  '-2010': 'refused',
  '-2011': 'no-such-order',
  '-2013': 'no-such-order',
  '-2014': 'key',
  '-2015': 'permission',
  '-2018': 'margin',
  '-2019': 'margin',
  '-2021': 'would-trigger',
  '-2022': 'reduce-only',
  // The account is being liquidated.
  '-2023': 'refused',
  '-2024': 'margin',
  // Too many open orders.
  '-2025': 'refused',
  '-2026': 'refused',
  // The position would be too large at this leverage.
  '-2027': 'margin',
  '-2028': 'margin',
  '-4003': 'min-size',
  '-4005': 'min-size',
  '-4014': 'refused',
  '-4023': 'min-size',
  // Too many stops.
  '-4045': 'refused',
  '-4046': 'no-change',
  '-4047': 'refused',
  '-4048': 'refused',
  '-4059': 'no-change',
  '-4061': 'account-mode',
  '-4116': 'duplicate',
  // The stop is being triggered: too late to cancel it.
  '-4117': 'no-such-order',
  '-4118': 'reduce-only',
  '-4120': 'refused',
  // The price is outside the band.
  '-4131': 'refused',
  '-4136': 'refused',
  '-4140': 'symbol',
  '-4141': 'symbol',
  '-4164': 'min-size',
  '-4168': 'account-mode',
  // Only reductions are allowed; ccxt takes both for a missing permission of the key.
  '-4192': 'refused',
  '-4400': 'refused',
  '-4411': 'refused',
  '-5022': 'refused',
  '-5028': 'clock',
};
