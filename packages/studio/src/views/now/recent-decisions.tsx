import { useAudit, useNewestRecords } from '#data/index.ts';
import { decidedRequest } from '#decision-words/decided-request.ts';
import { explainDecision } from '#decision-words/explain.ts';
import { Outcome } from '#decision-words/outcome.tsx';
import { factsOf, usePresent } from '#decision-words/use-facts.ts';
import { EmptyState, Panel, Time, Waiting } from '#design/index.ts';
import { routeTo } from '#page/route.ts';
import { askedWords, isDecision } from '#words/asked.ts';
import { sentenceCase } from '#words/sentence-case.ts';

const SHOWN_DECISIONS = 14;

/** What was asked last and what became of it. */
export function RecentDecisions() {
  const live = useNewestRecords(isDecision, SHOWN_DECISIONS);
  const { data: stored, isPending } = useAudit(
    { kind: 'REQUEST_DECIDED', limit: SHOWN_DECISIONS },
    live.length < SHOWN_DECISIONS,
  );
  const present = usePresent();
  const oldest = live.at(-1)?.seq ?? Number.POSITIVE_INFINITY;
  const records = [...live, ...(stored?.data ?? []).filter(({ seq }) => seq < oldest)].slice(0, SHOWN_DECISIONS);
  return (
    <Panel
      title="Decisions"
      actions={<a href={routeTo('decisions')}>All decisions</a>}
      className="now-decisions"
      flush
      scrolling
    >
      {records.length > 0 ? (
        <ol>
          {records.map((record) => {
            const decided = decidedRequest(record);
            const sentence = explainDecision(decided.decision, factsOf(decided, present)).replace(/^\w+: /, '');
            return (
              <li key={record.seq}>
                <a className="now-decision" href={routeTo('decisions', { seq: String(record.seq) })}>
                  <Time ts={record.ts} />
                  <Outcome decision={decided.decision.decision} />
                  <span className="now-decision-asked">{askedWords(decided)}</span>
                  <span className="now-decision-sentence" title={sentenceCase(sentence)}>
                    {sentenceCase(sentence)}
                  </span>
                </a>
              </li>
            );
          })}
        </ol>
      ) : isPending ? (
        <Waiting height="100%" label="Decisions" />
      ) : (
        <EmptyState title="No request was decided yet">A detector, a bot or a call to risk/check asks.</EmptyState>
      )}
    </Panel>
  );
}
