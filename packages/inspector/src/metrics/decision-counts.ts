import type { AuditFold } from '../views/audit-fold.ts';
import { createTally, type Tally } from './tally.ts';

/** Requests decided and checks answered, by verdict and code. A duplicate counts with its own code. */
export interface DecisionCounts extends AuditFold {
  decisions(): ReturnType<Tally<[decision: string, code: string]>['readings']>;
  checks(): ReturnType<Tally<[decision: string]>['readings']>;
}

export function createDecisionCounts(): DecisionCounts {
  const decisions = createTally<[string, string]>();
  const checks = createTally<[string]>();
  return {
    decisions: decisions.readings,
    checks: checks.readings,
    apply({ kind, code, data }) {
      if (kind !== 'REQUEST_DECIDED') return;
      const decision = typeof data.decision === 'string' ? data.decision : 'UNKNOWN';
      if (data.check === true) checks.add(decision);
      else decisions.add(decision, code);
    },
  };
}
