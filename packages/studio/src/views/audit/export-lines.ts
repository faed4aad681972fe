import type { AuditRecord } from '@inspector/contract';
import { csvHeader, csvRow } from './record-csv.ts';

export type ExportFormat = 'ndjson' | 'csv';

/**
 * NDJSON from the server, of which only what passes goes on, in the wanted format: for filters that the server does not know.
 * A last line that says that the export was cut goes on as it is in NDJSON.
 */
export function keepMatching(
  format: ExportFormat,
  matches: (record: AuditRecord) => boolean,
): TransformStream<string, string> {
  let rest = '';
  const line = (text: string): string => {
    if (text.trim() === '') return '';
    const record = JSON.parse(text) as AuditRecord | { kind: 'EXPORT_CUT' };
    if (!('seq' in record)) return format === 'csv' ? '' : `${text}\n`;
    if (!matches(record)) return '';
    return format === 'csv' ? csvRow(record) : `${text}\n`;
  };
  return new TransformStream({
    start(controller) {
      if (format === 'csv') controller.enqueue(csvHeader);
    },
    transform(chunk, controller) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      const kept = lines.map(line).join('');
      if (kept !== '') controller.enqueue(kept);
    },
    flush(controller) {
      const kept = line(rest);
      if (kept !== '') controller.enqueue(kept);
    },
  });
}
