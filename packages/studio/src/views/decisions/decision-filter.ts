import type { AuditQuery, AuditRecord, Decision, DecisionCode } from '@inspector/contract';
import { verdicts } from '@inspector/contract/codes';
import { decidedRequest, type RequestKind } from '#decision-words/decided-request.ts';

/** What the list of decisions shows. Empty lets everything pass. */
export interface DecisionFilter {
  outcome: Decision['decision'] | '';
  kind: RequestKind | '';
  code: string;
  symbol: string;
  detector: string;
}

export const noDecisionFilter: DecisionFilter = { outcome: '', kind: '', code: '', symbol: '', detector: '' };

const kinds: readonly RequestKind[] = ['entry', 'exit', 'check'];

export const countDecisionFilters = (filter: DecisionFilter): number =>
  Object.values(filter).filter((value) => value !== '').length;

/** A code passes when it is any of the violations, not only the first. */
export function decisionMatcher(filter: DecisionFilter): (record: AuditRecord) => boolean {
  return (record) => {
    if (record.kind !== 'REQUEST_DECIDED') return false;
    const { decision, kind, symbol, detector } = decidedRequest(record);
    return (
      (filter.outcome === '' || decision.decision === filter.outcome) &&
      (filter.kind === '' || kind === filter.kind) &&
      (filter.symbol === '' || symbol === filter.symbol) &&
      (filter.detector === '' || detector === filter.detector) &&
      (filter.code === '' ||
        decision.code === filter.code ||
        (decision.violations ?? []).some(({ code }) => code === filter.code))
    );
  };
}

/**
 * What the server is asked for. It judges a decision by its first code alone, so older decisions are found by that one.
 * Allowed and dropped ones have a code of their own.
 */
export function decisionQuery({ code, outcome, symbol }: DecisionFilter): Omit<AuditQuery, 'limit'> {
  const first = code === '' ? codeOfOutcome[outcome] : code;
  return {
    kind: 'REQUEST_DECIDED',
    ...(first === undefined ? {} : { code: first }),
    ...(symbol === '' ? {} : { symbol }),
  };
}

const codeOfOutcome: Readonly<Record<DecisionFilter['outcome'], DecisionCode | undefined>> = {
  ALLOW: 'OK',
  THROTTLE: 'ORDER_RATE',
  BLOCK: undefined,
  '': undefined,
};

/** The filter of an address; what is not known there is left out. */
export const readDecisionFilter = (params: Readonly<Record<string, string | undefined>>): DecisionFilter => ({
  outcome: verdicts.find((name) => name === params.outcome) ?? '',
  kind: kinds.find((name) => name === params.request) ?? '',
  code: params.code ?? '',
  symbol: params.symbol ?? '',
  detector: params.detector ?? '',
});

/** As parameters of the address; undefined: not in it. */
export function writeDecisionFilter({ outcome, kind, code, symbol, detector }: DecisionFilter) {
  const given = (text: string) => (text === '' ? undefined : text);
  return {
    outcome: given(outcome),
    request: given(kind),
    code: given(code),
    symbol: given(symbol),
    detector: given(detector),
  };
}
