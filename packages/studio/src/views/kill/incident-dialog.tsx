import type { IncidentResponse } from '@inspector/contract';
import { useIncident } from '#data/index.ts';
import { Badge, Button, Dialog, ErrorState, Money, showToast, Time, Waiting } from '#design/index.ts';
import { scopeWords } from '#kill-dialog/kill-scope.ts';
import { routeTo } from '#page/route.ts';
import { formatClock, formatCount, formatDuration, formatMoney } from '#words/format.ts';
import { IncidentProof } from './incident-proof-section.tsx';

interface IncidentDialogProps {
  incidentId: string;
  onClose(): void;
}

/** Report of a kill: what came when, what the venue showed, what it cost, and the records that prove it. */
export function IncidentDialog({ incidentId, onClose }: IncidentDialogProps) {
  const { data, error, refetch } = useIncident(incidentId);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="side"
      title={
        <>
          Incident <code>{incidentId}</code>
        </>
      }
      actions={
        data !== undefined && (
          <Button icon="download" onPress={() => saveJson(data)}>
            Save as JSON
          </Button>
        )
      }
    >
      {data === undefined && error === null && <Waiting height={320} label="Reading the report" />}
      {data === undefined && error !== null && (
        <ErrorState title="The report cannot be read" error={error} onRetry={() => void refetch()} />
      )}
      {data !== undefined && <Report incident={data} />}
    </Dialog>
  );
}

function saveJson(incident: IncidentResponse): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(incident, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `incident-${incident.incidentId}.json`;
  link.click();
  URL.revokeObjectURL(url);
}

function Report({ incident }: { incident: IncidentResponse }) {
  const { phase, scopes, includeLegacy, actor, reason, triggeredAt, verifiedAt, rearmedAt } = incident;
  return (
    <>
      <p>
        <Badge tone={phase === 'REARMED' ? 'good' : phase === 'VERIFIED_FLAT' ? 'violet' : 'bad'}>
          {phase.replaceAll('_', ' ')}
        </Badge>{' '}
        {scopes.map(scopeWords).join(', ')}
        {includeLegacy ? ', legacy too' : ''}
      </p>
      <p className="soft">
        {rearmedAt === null ? 'Triggered' : 'Last acted on'} by {actor}: “{reason}”
      </p>
      <dl className="kill-figures">
        <div>
          <dt>Triggered</dt>
          <dd>
            <Time ts={triggeredAt} />
          </dd>
        </div>
        <div>
          <dt>Verified flat after</dt>
          <dd className="number">{formatDuration(verifiedAt === null ? null : verifiedAt - triggeredAt)}</dd>
        </div>
        <div>
          <dt>Re-armed</dt>
          <dd>
            <Time ts={rearmedAt} />
          </dd>
        </div>
      </dl>
      <Cost incident={incident} />
      <Timeline incident={incident} />
      <IncidentProof proof={incident.proof} />
      <AuditRange incident={incident} />
    </>
  );
}

function Cost({ incident: { estimatedCostUsd, realizedCostUsd, verifiedAt } }: { incident: IncidentResponse }) {
  const difference = realizedCostUsd - estimatedCostUsd;
  return (
    <section className="kill-report-part">
      <h3>Cost</h3>
      <dl className="kill-figures">
        <div>
          <dt>Preview</dt>
          <dd>
            <Money value={estimatedCostUsd} />
          </dd>
        </div>
        <div>
          <dt>Real</dt>
          <dd>
            <Money value={realizedCostUsd} />
          </dd>
        </div>
        <div>
          <dt>Against the preview</dt>
          <dd>
            <span className="number">
              {verifiedAt === null ? '–' : `${formatMoney(difference, { sign: true })} USD`}
            </span>
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Timeline({ incident: { timeline, triggeredAt } }: { incident: IncidentResponse }) {
  return (
    <section className="kill-report-part">
      <h3>Timeline</h3>
      <table className="kill-table" aria-label="Timeline">
        <thead>
          <tr>
            <th scope="col">Phase</th>
            <th scope="col">At</th>
            <th scope="col" className="is-end">
              From trigger
            </th>
            <th scope="col" className="is-end">
              Orders left
            </th>
            <th scope="col" className="is-end">
              Positions left
            </th>
            <th scope="col" className="is-end">
              Record
            </th>
          </tr>
        </thead>
        <tbody>
          {timeline.map(({ phase, ts, seq, remaining }) => (
            <tr key={seq}>
              <th scope="row" className={phase === 'STUCK' ? 'is-bad' : undefined}>
                {phase.replaceAll('_', ' ')}
              </th>
              <td className="number">{formatClock(ts, { ms: true })}</td>
              <td className="number is-end">+ {formatDuration(ts - triggeredAt)}</td>
              <td className="number is-end">{formatCount(remaining.orders)}</td>
              <td className="number is-end">{formatCount(remaining.positions)}</td>
              <td className="number is-end">
                <a href={routeTo('audit', { seq: String(seq) })}>{seq}</a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function AuditRange({ incident: { fromSeq, toSeq, auditHash } }: { incident: IncidentResponse }) {
  const copy = (text: string): void => {
    navigator.clipboard
      .writeText(text)
      .then(() => showToast({ tone: 'good', title: 'Hash copied.' }))
      .catch(() => showToast({ tone: 'warn', title: 'The browser does not let the page copy.' }));
  };
  return (
    <section className="kill-report-part">
      <h3>Records</h3>
      <p className="number">
        <a href={routeTo('audit', { seq: String(fromSeq) })}>{formatCount(fromSeq)}</a>
        {' to '}
        {toSeq === null ? (
          'now: it has not ended'
        ) : (
          <a href={routeTo('audit', { seq: String(toSeq) })}>{formatCount(toSeq)}</a>
        )}
      </p>
      {typeof auditHash === 'string' ? (
        <div className="kill-hash">
          <span className="faint">SHA-256</span>
          <code>{auditHash}</code>
          <Button size="small" onPress={() => copy(auditHash)}>
            Copy
          </Button>
        </div>
      ) : (
        <p className="faint">The hash over the records comes once the venue has shown flat.</p>
      )}
    </section>
  );
}
