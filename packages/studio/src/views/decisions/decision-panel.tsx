import type { AuditRecord } from '@inspector/contract';
import { type DecidedRequest, decidedRequest } from '#decision-words/decided-request.ts';
import { explainDecision } from '#decision-words/explain.ts';
import { Outcome } from '#decision-words/outcome.tsx';
import { factsOf, usePresent } from '#decision-words/use-facts.ts';
import { WithTickSize } from '#decision-words/with-tick-size.tsx';
import { Badge } from '#design/index.ts';
import { FieldList } from '#records/field-list.tsx';
import { recordFields } from '#records/record-fields.ts';
import { actionLooks, codeName } from '#words/code-names.ts';
import { formatClock, formatMoment, formatQuantity, formatWholeTime } from '#words/format.ts';
import { SizingSteps } from './sizing-steps.tsx';
import { ViolationPart } from './violation-part.tsx';

/** A decision whole: its sentence, every violation with its arithmetic, sizing, inputs and the governor then. */
export function DecisionPanel({ record }: { record: AuditRecord }) {
  const decided = decidedRequest(record);
  return (
    <WithTickSize decided={decided}>
      {(tickSize) => <DecisionWhole decided={decided} record={record} tickSize={tickSize} />}
    </WithTickSize>
  );
}

interface DecisionWholeProps {
  decided: DecidedRequest;
  record: AuditRecord;
  tickSize: number | undefined;
}

function DecisionWhole({ decided, record, tickSize }: DecisionWholeProps) {
  const present = usePresent();
  const { decision, request, kind } = decided;
  const facts = factsOf(decided, present, tickSize);
  const { skipped = [], warnings = [], ...inputs } = decision.inputs;
  const look = actionLooks[decision.governor.action];
  return (
    <div className="decisions-panel">
      <div className="decisions-panel-head">
        <Outcome decision={decision.decision} />
        <code>{decision.code}</code>
        <span className="number soft decisions-end" title={formatWholeTime(record.ts)}>
          {formatMoment(record.ts).replace(/ \d\d:\d\d$/, '')} {formatClock(record.ts, { ms: true })}
        </span>
      </div>
      <p className="decisions-answer">{explainDecision(decision, facts)}</p>
      {kind === 'check' && (
        <p className="soft">
          A check: nothing was reserved, counted or sent.
          {decision.maxQuantity !== null &&
            ` The largest quantity that would have passed: ${formatQuantity(decision.maxQuantity)}.`}
        </p>
      )}
      {decision.violations.length > 0 && (
        <section>
          <h3 className="decisions-title">
            {decision.violations.length === 1 ? 'The rule' : `All ${decision.violations.length} rules that it violates`}
          </h3>
          <ul className="decisions-violations">
            {decision.violations.map((violation, index) => (
              <ViolationPart key={violation.code} violation={violation} facts={facts} isTold={index === 0} />
            ))}
          </ul>
        </section>
      )}
      {warnings.length > 0 && (
        <section>
          <h3 className="decisions-title">Limits that warn</h3>
          <ul className="decisions-violations">
            {warnings.map((violation) => (
              <ViolationPart key={violation.code} violation={violation} facts={facts} isWarning />
            ))}
          </ul>
        </section>
      )}
      <SizingSteps
        sizing={decision.sizing}
        equityUsd={decision.inputs.equityUsd}
        request={request}
        tickSize={tickSize}
      />
      <section>
        <h3 className="decisions-title">Governor then</h3>
        <p className="decisions-governor">
          <Badge tone={look.tone} icon={look.icon}>
            {look.name}
          </Badge>
          <span className="soft">
            {decision.governor.reasons.length === 0
              ? look.sentence
              : decision.governor.reasons.map((reason) => codeName(reason)).join(', ')}
          </span>
        </p>
      </section>
      <section>
        <h3 className="decisions-title">Inputs</h3>
        <FieldList fields={recordFields(inputs)} />
        {skipped.length > 0 && (
          <p className="soft decisions-skipped">
            Not judged, an input was missing: {skipped.map((code) => codeName(code)).join(', ')}.
          </p>
        )}
      </section>
      <section>
        <h3 className="decisions-title">Request as received</h3>
        <FieldList fields={recordFields(request)} />
      </section>
    </div>
  );
}
