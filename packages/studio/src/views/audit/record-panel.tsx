import type { AuditRecord } from '@inspector/contract';
import { auditKindSentences } from '@inspector/contract/codes';
import { type ReactNode, useMemo } from 'react';
import { Badge, Button, showToast, Tabs } from '#design/index.ts';
import { routeTo } from '#page/route.ts';
import { FieldList } from '#records/field-list.tsx';
import { FIELDS_LIMIT, recordFields } from '#records/record-fields.ts';
import { formatClock, formatCount, formatMoment, formatWholeTime } from '#words/format.ts';
import { kindIcon, kindName, severityTones } from './kind-looks.ts';

/** Raw JSON shown; longer ones are copied whole. */
const JSON_CHARACTERS = 200_000;

/** A record whole: what it says, whom it concerns, its data as fields and as JSON. */
export function RecordPanel({ record }: { record: AuditRecord }) {
  return (
    <div className="audit-record">
      <div className="audit-record-head">
        <Badge {...withTone(severityTones[record.severity])} icon={kindIcon(record.kind)}>
          {record.severity}
        </Badge>
        <code>{record.code}</code>
        <time className="number soft" dateTime={new Date(record.ts).toISOString()} title={formatWholeTime(record.ts)}>
          {formatMoment(record.ts).replace(/ \d\d:\d\d$/, '')} {formatClock(record.ts, { ms: true })}
        </time>
      </div>
      <p className="audit-record-message">{record.message}</p>
      <p className="faint audit-record-kind">{auditKindSentences[record.kind] ?? kindName(record.kind)}</p>
      {record.kind === 'REQUEST_DECIDED' && (
        <a href={routeTo('decisions', { seq: String(record.seq) })}>The decision with its arithmetic</a>
      )}
      <Subjects record={record} />
      <Tabs
        label="Data of the record"
        tabs={[
          { id: 'fields', title: 'Fields', content: <Fields record={record} /> },
          { id: 'json', title: 'JSON', content: <Json record={record} /> },
        ]}
      />
    </div>
  );
}

const withTone = <Tone,>(tone: Tone | undefined): { tone?: Tone } => (tone === undefined ? {} : { tone });

/** Whom the record concerns, each as a way to everything else about it. */
function Subjects({ record }: { record: AuditRecord }) {
  const { accountKey, symbol, positionId, requestId, orderId, detectorSysname, traceId, causationId, actor, epoch } =
    record;
  const filtered = (param: string, value: string): ReactNode => (
    <a href={routeTo('audit', { [param]: value })} title="Show only its records">
      <code>{value}</code>
    </a>
  );
  const subjects: [name: string, value: ReactNode | undefined][] = [
    ['Trace', filtered('trace', traceId)],
    ['Account', accountKey && filtered('accountKey', accountKey)],
    ['Symbol', symbol && filtered('symbol', symbol)],
    ['Position', positionId && filtered('positionId', positionId)],
    ['Request', requestId && filtered('text', requestId)],
    ['Order', orderId && filtered('text', orderId)],
    ['Detector', detectorSysname && filtered('text', detectorSysname)],
    ['Cause', causationId && <code>{causationId}</code>],
    ['Actor', actor],
    ['Epoch', formatCount(epoch)],
  ];
  return (
    <dl className="audit-facts">
      {subjects.map(([name, value]) =>
        value === undefined || value === '' ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Fields({ record }: { record: AuditRecord }) {
  const fields = useMemo(() => recordFields(record.data), [record]);
  if (fields.length === 0) return <p className="soft audit-record-none">The record has no data.</p>;
  return (
    <>
      <FieldList fields={fields} />
      {fields.length >= FIELDS_LIMIT && (
        <p className="soft audit-record-none">The first {FIELDS_LIMIT} fields; all of them are in the JSON.</p>
      )}
    </>
  );
}

function Json({ record }: { record: AuditRecord }) {
  const text = useMemo(() => JSON.stringify(record, null, 2), [record]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      showToast({ tone: 'good', title: 'The record is copied' });
    } catch {
      showToast({ tone: 'warn', title: 'The browser does not allow copying' });
    }
  };
  return (
    <div className="audit-json">
      <Button size="small" onPress={() => void copy()}>
        Copy JSON
      </Button>
      <pre>{text.slice(0, JSON_CHARACTERS)}</pre>
      {text.length > JSON_CHARACTERS && (
        <p className="soft">It goes on; copying takes all {formatCount(text.length)} characters.</p>
      )}
    </div>
  );
}
