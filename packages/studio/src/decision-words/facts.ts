import type { Decision, GovernorLock, Options, Violation } from '@inspector/contract';

/** What a refusal is explained from: the decision as recorded, and what holds now. */
export interface RefusalFacts {
  decision: Pick<Decision, 'code' | 'message' | 'sizing' | 'inputs' | 'evaluatedAt'>;
  /** The request as received: nothing of it is judged. */
  request: Readonly<Record<string, unknown>>;
  symbol: string;
  /** Step of the symbol's price; undefined while it is not known. */
  tickSize?: number | undefined;
  /** Locks that are on now; null while they are not known. */
  locks: readonly GovernorLock[] | null;
  /** The options in force; null while they are not known. */
  options: Options | null;
}

export interface Reason {
  /** What was wrong, with the figures; it goes on after "Refused: ". Without a full stop. */
  what: string;
  /** What would let it through: one or two whole sentences. */
  remedy: string;
}

export type Explain = (violation: Violation, facts: RefusalFacts) => Reason;

/** The zone of the trading day; UTC while the options are not known. */
export const timezoneOf = ({ options }: RefusalFacts): string => options?.general.timezone ?? 'UTC';

/** When the next trading day begins, in words. */
export const dayStartOf = ({ options }: RefusalFacts): string =>
  `${options?.general.dayStart ?? '00:00'} ${options?.general.timezone ?? 'UTC'}`;

/** A value of USD as percent of the equity at the decision; null while that was unknown. */
export function percentOfEquity(usd: number | null, { decision }: RefusalFacts): number | null {
  const { equityUsd } = decision.inputs;
  return usd === null || equityUsd === null || !(equityUsd > 0) ? null : (usd / equityUsd) * 100;
}

/** The server's own words behind a colon, without the full stop. */
export function detailOf(message: string): string {
  const colon = message.indexOf(': ');
  return message.slice(colon < 0 ? 0 : colon + 2).replace(/\.$/, '');
}

/** A sentence of the server's as the middle of another: a small first letter, no full stop. */
export const asClause = (message: string): string =>
  (/^[A-Z][a-z]/.test(message) ? message.charAt(0).toLowerCase() + message.slice(1) : message).replace(/\.$/, '');
