/** Why a position ended. A close by CLOSE_ALL carries the limit's own code instead (see `limitCodes`). */
export const closeCodeSentences = {
  STOP_LOSS: 'The initial stop was reached.',
  TAKE_PROFIT: 'The target was reached.',
  TRAILING_STOP: 'The trailing stop was in force and was reached.',
  BREAKEVEN_STOP: 'The breakeven stop was in force and was reached.',
  MAX_HOLD_TIME: 'The position was held for `maxPositionHoldTime`.',
  DETECTOR: 'The detector asked for it.',
  OPERATOR: 'A person asked for it.',
  KILL_SWITCH: 'A kill switch closed it.',
  NAKED_EXPOSURE: 'Its protection could not be made to work in time.',
  LEASE_EXPIRED: 'Its detector\'s lease ran out with `onExpiry: "close"`.',
  EXTERNAL: 'It ended at the venue by an order that is not of Inspector.',
} as const;

export type CloseCode = keyof typeof closeCodeSentences;
export const closeCodes = Object.keys(closeCodeSentences) as readonly CloseCode[];
