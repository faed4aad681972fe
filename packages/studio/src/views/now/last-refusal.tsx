import type { AuditRecord } from '@inspector/contract';
import { useAudit, useNewestRecords, useServerNow } from '#data/index.ts';
import { decidedRequest } from '#decision-words/decided-request.ts';
import { explainViolation } from '#decision-words/explain.ts';
import { Outcome } from '#decision-words/outcome.tsx';
import { factsOf, usePresent } from '#decision-words/use-facts.ts';
import { EmptyState, Panel, Time, Waiting } from '#design/index.ts';
import { routeTo } from '#page/route.ts';
import { askedWords, isRefusal } from '#words/asked.ts';
import { codeName } from '#words/code-names.ts';
import { formatRoughly } from '#words/format.ts';
import { limitOptions } from '#words/limit-options.ts';
import { sentenceCase } from '#words/sentence-case.ts';

/** Refusals older than the live trail are looked for among so many decisions. */
const DECISIONS_LOOKED_AT = 200;

/** Why the last request was refused, in a sentence with the figures in it. */
export function LastRefusal() {
  const live = useNewestRecords(isRefusal, 1)[0];
  const { data: stored, isPending } = useAudit(
    { kind: 'REQUEST_DECIDED', limit: DECISIONS_LOOKED_AT },
    live === undefined,
  );
  const record = live ?? stored?.data.find(isRefusal);
  return (
    <Panel title="Last refusal" className="now-refusal" scrolling>
      {record !== undefined ? (
        <Refusal record={record} />
      ) : isPending && live === undefined ? (
        <Waiting height={92} label="Last refusal" />
      ) : (
        <EmptyState icon="check" title="No request was refused">
          When one is, the reason stands here with its figures.
        </EmptyState>
      )}
    </Panel>
  );
}

function Refusal({ record }: { record: AuditRecord }) {
  const now = useServerNow();
  const decided = decidedRequest(record);
  const facts = factsOf(decided, usePresent());
  const { decision } = decided;
  const [first, ...others] = decision.violations.map((violation) => explainViolation(violation, facts));
  const option = limitOptions[decision.code]?.[0];
  return (
    <div className="now-refusal-body">
      <p className="now-refusal-head">
        <Outcome decision={decision.decision} />
        <strong>{askedWords(decided)}</strong>
        <span className="faint">
          {decided.detector === '' ? '' : `from ${decided.detector}, `}
          <Time ts={record.ts} />, {formatRoughly(Math.max(0, now - record.ts))} ago
        </span>
      </p>
      <p className="now-refusal-sentence">
        {first === undefined ? decision.message : `${sentenceCase(first.what)}.`}{' '}
        {first !== undefined && <span className="soft">{first.remedy}</span>}
      </p>
      {others.map(({ what }) => (
        <p className="soft" key={what}>
          Also: {what}.
        </p>
      ))}
      <p className="now-refusal-links">
        <span className="soft">
          Rule: {codeName(decision.code)} <code className="faint">{decision.code}</code>
        </span>
        {option !== undefined && <a href={routeTo('options', { path: option })}>Option {option}</a>}
        <a href={routeTo('decisions', { seq: String(record.seq) })}>All figures</a>
      </p>
    </div>
  );
}
