/** Putting a decision into words and numbers. Built for every record, but its details only for what was refused. */
import type { Decision, Violation } from '@inspector/contract';
import { known } from '#audit/record.ts';
import { lockCovering } from '#limits/locks.ts';
import { policyActionOf } from '#limits/trip.ts';
import { entryRules, type Findings } from '#rules/index.ts';
import type { Engine } from '#state/engine.ts';
import type { Entry } from './entry.ts';

export interface Verdict {
  decision: Decision['decision'];
  code: string;
  message: string;
  violations: Violation[];
  warnings: Violation[];
}

/** The outcome of a pass: what its findings mean under the policies in force. */
export function verdictOf(engine: Engine, entry: Entry, findings: Findings): Verdict {
  const violations: Violation[] = [];
  const warnings: Violation[] = [];
  for (let index = 0; index < findings.violated; index++) {
    const rule = entryRules[findings.violatedRules[index]!]!;
    const { scope, observed, limit, unit, message } = rule.explain(entry, engine);
    const violation = {
      code: rule.code,
      scope,
      observed: known(observed),
      limit: known(limit),
      unit,
      message,
    } as Violation;
    if (isWarningOnly(engine, entry, rule.code)) warnings.push(violation);
    else violations.push(violation);
  }
  const first = violations[0];
  if (first === undefined) return { decision: 'ALLOW', code: 'OK', message: 'Allowed.', violations, warnings };
  const decision = first.code === 'ORDER_RATE' ? 'THROTTLE' : 'BLOCK';
  return { decision, code: first.code, message: first.message, violations, warnings };
}

/** Under ALLOW and THROTTLE a limit only warns, but a lock that it set before is on until it ends. */
export function isWarningOnly(engine: Engine, entry: Entry, code: string): boolean {
  const action = policyActionOf(entry.settings, code);
  if (action !== 'ALLOW' && action !== 'THROTTLE') return false;
  return lockCovering(engine, code, entry.subject) === undefined;
}

export function decisionOf(engine: Engine, entry: Entry, verdict: Verdict, findings: Findings): Decision {
  const skipped = [];
  for (let index = 0; index < findings.skipped; index++) skipped.push(entryRules[findings.skippedRules[index]!]!.code);
  return {
    decision: verdict.decision,
    code: verdict.code as Decision['code'],
    message: verdict.message,
    violations: verdict.violations,
    maxQuantity: null,
    sizing: {
      quantity: known(entry.quantity),
      price: known(entry.price),
      notionalUsd: known(entry.notional),
      stopLoss: known(entry.stop),
      takeProfit: known(entry.target),
      leverage: known(entry.leverage),
      riskUsd: known(entry.quantity * Math.abs(entry.price - entry.stop)),
      marginUsd: known(entry.notional / entry.leverage),
      method: entry.method,
    },
    governor: { action: engine.governorAction, reasons: engine.governorReasons },
    evaluatedAt: engine.now,
    inputs: {
      price: known(entry.valuation),
      priceAgeMs: known(entry.priceAgeMs),
      equityUsd: entry.equityKnown ? known(entry.equity) : null,
      equityKnown: entry.equityKnown,
      bestBid: entry.hasBook ? engine.symbols.bid[entry.symbol]! : null,
      bestAsk: entry.hasBook ? engine.symbols.ask[entry.symbol]! : null,
      spreadPct: known(entry.spreadPct),
      availableUsd: known(entry.available),
      exposureUsd: entry.exposure,
      reservedUsd: entry.account.reservedNotional,
      dailyPnlPct: entry.equityKnown ? entry.dailyPnlPct : null,
      drawdownPct: entry.equityKnown ? entry.drawdownPct : null,
      stressed: entry.account.stressSymbols.size > 0,
      skipped,
      warnings: verdict.warnings,
    } as Decision['inputs'],
    seq: engine.lastSeq + 1,
  };
}
