import type { AuditRecord } from '@inspector/contract';
import { memo } from 'react';
import { type DecidedRequest, decidedRequest } from '#decision-words/decided-request.ts';
import { explainDecision } from '#decision-words/explain.ts';
import { Outcome } from '#decision-words/outcome.tsx';
import { factsOf, type Present } from '#decision-words/use-facts.ts';
import { WithTickSize } from '#decision-words/with-tick-size.tsx';
import { codeName } from '#words/code-names.ts';
import { formatClock, formatMoney, formatQuantity, formatWholeTime } from '#words/format.ts';
import { sentenceCase } from '#words/sentence-case.ts';

export interface DecisionRowProps {
  record: AuditRecord;
  present: Present;
}

/** A decision on one line; the sentence has the rest. */
export const DecisionRow = memo(function DecisionRow({ record, present }: DecisionRowProps) {
  const decided = decidedRequest(record);
  const { decision, symbol, side, detector } = decided;
  const more = decision.violations.length - 1;
  return (
    <>
      <span className="number soft" title={formatWholeTime(record.ts)}>
        {formatClock(record.ts)}
      </span>
      <Outcome decision={decision.decision} />
      <span title={decision.code}>
        {decision.code === 'OK' ? <span className="faint">{kindNames[decided.kind]}</span> : codeName(decision.code)}
        {more > 0 && <span className="faint"> +{more}</span>}
      </span>
      <span>
        {symbol} <span className="soft">{side}</span>
      </span>
      <span className="number decisions-end decisions-wide">{formatQuantity(quantityOf(decided))}</span>
      <span className="number decisions-end decisions-wide">{formatMoney(decision.sizing.notionalUsd)}</span>
      <span className="decisions-sentence">
        <WithTickSize decided={decided}>{(tickSize) => sentenceOf(decided, present, tickSize)}</WithTickSize>
      </span>
      <span className="soft decisions-wide">{detector}</span>
    </>
  );
});

/** A decision on three lines, for a phone. */
export const DecisionRowNarrow = memo(function DecisionRowNarrow({ record, present }: DecisionRowProps) {
  const decided = decidedRequest(record);
  const { decision, symbol, side } = decided;
  return (
    <span className="decisions-narrow">
      <span className="decisions-narrow-head">
        <Outcome decision={decision.decision} />
        <span className="decisions-narrow-what">
          {symbol} <span className="soft">{side}</span>
        </span>
        <span className="number soft" title={formatWholeTime(record.ts)}>
          {formatClock(record.ts)}
        </span>
      </span>
      <span className="decisions-narrow-sentence">
        <WithTickSize decided={decided}>{(tickSize) => sentenceOf(decided, present, tickSize)}</WithTickSize>
      </span>
    </span>
  );
});

const kindNames = { entry: 'Entry', exit: 'Exit', check: 'Check' } as const;

/** What was sized, else what was asked for. */
function quantityOf({ decision, request }: DecidedRequest): number | null {
  const { quantity } = decision.sizing;
  return quantity ?? (typeof request.quantity === 'number' ? request.quantity : null);
}

/** The outcome stands in its own column, so the sentence begins after it. */
function sentenceOf(decided: DecidedRequest, present: Present, tickSize: number | undefined): string {
  return sentenceCase(explainDecision(decided.decision, factsOf(decided, present, tickSize)).replace(/^\w+: /, ''));
}
