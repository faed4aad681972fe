/** What each kind of audit record says. The names are closed: a reader may switch over them exhaustively. */
export const auditKindSentences = {
  STARTED: 'An Inspector instance began.',
  STOPPED: 'It ended in good order.',
  OPTIONS_CHANGED: 'The options changed; the data hold the difference and the version.',
  DAY_ROLLED: 'A new trading day began; the data hold the KPI of the day that ended.',
  RECONCILED: 'The account was compared with the venue; the data hold differences and repairs.',
  REQUEST_DECIDED: 'A request was decided; the data hold the decision and the request as received.',
  ORDER_INTENT: 'An order is about to be sent; it is durable before it leaves.',
  ORDER_SENT: 'The order was handed to the Provider.',
  ORDER_RESULT: "The venue's word on an order: working, filled, cancelled, rejected, expired.",
  ORDER_UNKNOWN: 'What became of an order is unknown; the venue is asked before anything is sent again.',
  POSITION_OPENED: 'A position opened.',
  POSITION_UPDATED: 'Quantity, entry, ownership or protection of a position changed.',
  POSITION_CLOSED: 'A position is flat; the data hold its result.',
  PROTECTION_PLACED: 'A stop or target works at the venue.',
  PROTECTION_MOVED: 'A stop or target was replaced by one at another price or of another quantity.',
  PROTECTION_CANCELLED: 'A stop or target was cancelled.',
  PROTECTION_FAILED: 'A stop or target was refused or lost.',
  NAKED_EXPOSURE: 'A position was without confirmed protection for too long; the code is the step taken.',
  CLOSE_REQUESTED: 'A position is to be closed; the code says why.',
  CLOSE_DEFERRED: 'A close waits for a better book, with an upper bound.',
  LIMIT_BREACHED: 'A watched limit tripped.',
  GOVERNOR_CHANGED: "The governor's state changed; the code is the action in force.",
  KILL_SWITCH: 'A kill switch reached a phase.',
  STRESS_CHANGED: "Stress mode began or ended for an account's symbol.",
  REGIME_CHANGED: "A symbol's regime changed.",
  DATA_GAP: 'A stream jumped in its sequence or fell silent.',
  DATA_OUTLIER: 'A print, book or reading was refused as an outlier.',
  DATA_STALE: 'Prices that are needed have gone stale, or are fresh again.',
  LIQUIDITY_DROPPED: "A symbol's depth collapsed or its spread widened over tolerance.",
  VOLATILITY_SPIKE: "A symbol's 60 s return left its usual range.",
  LEASE_CHANGED: 'A lease was taken, renewed, released or ran out.',
  DEAD_LETTER: 'An event or command was refused and changed nothing; the code says why.',
  CHECKPOINT: 'A signed checkpoint of the trail.',
  ALERT_SENT: 'An alert went out to a person.',
} as const;

export type AuditKind = keyof typeof auditKindSentences;
export const auditKinds = Object.keys(auditKindSentences) as readonly AuditKind[];

export const severities = ['debug', 'info', 'warn', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** Phases of a kill switch, in the order in which they come; `STUCK` stands aside until the venue shows flat. */
export const killPhases = [
  'TRIGGERED',
  'BLOCKED',
  'CANCELLING',
  'CLOSING',
  'VERIFIED_FLAT',
  'STUCK',
  'REARMED',
] as const;
export type KillPhase = (typeof killPhases)[number];

/** Steps of the naked-exposure ladder, the code of `NAKED_EXPOSURE`. */
export const nakedSteps = ['RETRY', 'CLOSE', 'ALERT'] as const;
export type NakedStep = (typeof nakedSteps)[number];

/** What an order is for: the code of `ORDER_INTENT`. */
export const orderPurposes = ['ENTRY', 'STOP', 'TARGET', 'CLOSE', 'CANCEL'] as const;
export type OrderPurpose = (typeof orderPurposes)[number];

/** Why a venue rejected an order; its own words stand in `reasonText`. */
export const rejectReasons = [
  'WOULD_TRIGGER',
  'MARGIN',
  'MIN_SIZE',
  'REDUCE_ONLY',
  'RATE_LIMIT',
  'DUPLICATE',
  'UNKNOWN',
] as const;
export type RejectReason = (typeof rejectReasons)[number];
