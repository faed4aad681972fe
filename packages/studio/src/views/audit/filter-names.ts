import type { Severity } from '@inspector/contract';
import type { AuditFilter } from './filter.ts';

/** How the filters are called, on their fields and on their chips. */
export const fieldNames: Readonly<Record<keyof AuditFilter, string>> = {
  kinds: 'Kind',
  severity: 'Severity',
  code: 'Code',
  symbol: 'Symbol',
  accountKey: 'Account',
  positionId: 'Position',
  traceId: 'Trace',
  text: 'Text',
  from: 'From',
  to: 'Until',
};

export const severityNames: Readonly<Record<Severity, string>> = {
  debug: 'All severities',
  info: 'Info and above',
  warn: 'Warnings and above',
  critical: 'Critical only',
};
