import type { AuditRecord } from '@inspector/contract';
import { memo } from 'react';
import { Icon } from '#design/index.ts';
import { formatClock, formatWholeTime } from '#words/format.ts';
import { kindIcon, kindName } from './kind-looks.ts';

/** A record on one line. */
export const AuditRow = memo(function AuditRow({ record }: { record: AuditRecord }) {
  return (
    <>
      <span className="number soft" title={formatWholeTime(record.ts)}>
        {formatClock(record.ts, { ms: true })}
      </span>
      <SeverityIcon record={record} />
      <span>{kindName(record.kind)}</span>
      <span className="mono audit-row-code audit-wide">{record.code}</span>
      <span>{record.symbol ?? ''}</span>
      <span className="audit-row-message">{record.message}</span>
      <span className="number faint audit-row-seq audit-wide">{record.seq}</span>
    </>
  );
});

/** A record on two lines, for a phone. */
export const AuditRowNarrow = memo(function AuditRowNarrow({ record }: { record: AuditRecord }) {
  return (
    <>
      <SeverityIcon record={record} />
      <span className="audit-row-two">
        <span className="audit-row-line">
          {kindName(record.kind)} <span className="mono soft">{record.code}</span>
        </span>
        <span className="audit-row-line soft">{record.message}</span>
      </span>
      <span className="audit-row-two audit-row-end">
        <span className="number soft" title={formatWholeTime(record.ts)}>
          {formatClock(record.ts)}
        </span>
        <span className="number faint">{record.seq}</span>
      </span>
    </>
  );
});

/** The severity has its own sign, so that its colour is not the only one. */
function SeverityIcon({ record: { severity, kind } }: { record: AuditRecord }) {
  const isLoud = severity === 'warn' || severity === 'critical';
  const tone = severity === 'critical' ? 'is-bad' : severity === 'warn' ? 'is-warn' : 'faint';
  return (
    <span className={`audit-row-icon ${tone}`} role="img" aria-label={isLoud ? severity : ''} title={severity}>
      <Icon name={severity === 'critical' ? 'close-all' : severity === 'warn' ? 'warn' : kindIcon(kind)} size={14} />
    </span>
  );
}
