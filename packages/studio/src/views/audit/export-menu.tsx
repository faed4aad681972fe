import { useEffect, useRef, useState } from 'react';
import { isRestError, useStudioData } from '#data/index.ts';
import { Button, Menu, showToast } from '#design/index.ts';
import { keptToken } from '#session/kept-token.ts';
import { formatShort } from '#words/format.ts';
import type { ExportFormat } from './export-lines.ts';
import { exportRecords } from './export-records.ts';
import { type AuditFilter, countFilters } from './filter.ts';

/** How often the size of a running export is shown anew. */
const SHOWN_EVERY_MS = 250;

/** Writes the records of the filters in force to a file. */
export function ExportMenu({ filter }: { filter: AuditFilter }) {
  const { inspectorPath } = useStudioData();
  const running = useRef<AbortController | null>(null);
  const [bytes, setBytes] = useState<number | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function write(format: ExportFormat): Promise<void> {
    const abort = new AbortController();
    running.current = abort;
    setBytes(0);
    let shownAt = 0;
    try {
      await exportRecords({
        path: inspectorPath('/audit/export'),
        token: keptToken(),
        filter,
        format,
        signal: abort.signal,
        onProgress(written) {
          if (Date.now() - shownAt < SHOWN_EVERY_MS) return;
          shownAt = Date.now();
          setBytes(written);
        },
      });
      showToast({ tone: 'good', title: `The records are written as ${format.toUpperCase()}` });
    } catch (error) {
      if (isAbort(error)) return;
      const text = isRestError(error) ? `${error.message} (${error.code})` : String(error);
      showToast({ tone: 'bad', title: 'The records could not be exported', text });
    } finally {
      setBytes(null);
    }
  }

  if (bytes !== null) {
    return (
      <Button size="small" icon="close" onPress={() => running.current?.abort()}>
        Stop export, {formatShort(bytes / 1_000)} kB
      </Button>
    );
  }
  const what = countFilters(filter) === 0 ? 'all records' : 'what the filters let through';
  return (
    <Menu
      button={{
        size: 'small',
        icon: 'download',
        'aria-label': 'Export',
        children: <span className="audit-export-text">Export</span>,
      }}
      actions={[
        { id: 'ndjson', label: `NDJSON: ${what}`, icon: 'download' },
        { id: 'csv', label: `CSV: ${what}`, icon: 'download' },
      ]}
      onAction={(format) => void write(format as ExportFormat)}
    />
  );
}

/** The one who exports ended it, or closed the file picker. */
const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';
