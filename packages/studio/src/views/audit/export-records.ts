import { restError } from '#data/rest-error.ts';
import { type ExportFormat, keepMatching } from './export-lines.ts';
import { type AuditFilter, isJudgedHere, matcherOf, serverQueryOf } from './filter.ts';

/** Where the browser cannot write to a file as it comes, an export is kept in memory; more than this is not. */
const MEMORY_BYTES = 256 * 1024 * 1024;

export interface ExportOrder {
  /** Address of the export. */
  path: string;
  token: string | null;
  filter: AuditFilter;
  format: ExportFormat;
  signal: AbortSignal;
  onProgress(bytes: number): void;
}

interface FilePicker {
  showSaveFilePicker?(options: { suggestedName: string }): Promise<{ createWritable(): Promise<WritableStream> }>;
}

/** Writes the records that pass the filter to a file. Rejects with a `RestError`, or an `AbortError` when it was ended. */
export async function exportRecords(order: ExportOrder): Promise<void> {
  const name = `audit-${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}.${order.format}`;
  const { showSaveFilePicker } = window as FilePicker;
  const file = await showSaveFilePicker?.call(window, { suggestedName: name });
  const text = await openExport(order);
  let bytes = 0;
  const counted = text.pipeThrough(new TextEncoderStream()).pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        order.onProgress(bytes);
        controller.enqueue(chunk);
      },
    }),
  );
  if (file !== undefined) {
    await counted.pipeTo(await file.createWritable(), { signal: order.signal });
    return;
  }
  download(await inMemory(counted), name);
}

async function openExport({ path, token, filter, format, signal }: ExportOrder): Promise<ReadableStream<string>> {
  const judgedHere = isJudgedHere(filter);
  const query = new URLSearchParams({ format: judgedHere ? 'ndjson' : format });
  for (const [field, value] of Object.entries(serverQueryOf(filter))) query.set(field, String(value));
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${path}?${query}`, { headers, signal }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw restError('UNREACHABLE', 'The server cannot be reached.');
  });
  if (!response.ok || response.body === null) {
    const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
    throw restError(problem.code ?? `STATUS_${response.status}`, problem.detail ?? `Status ${response.status}.`, {
      status: response.status,
    });
  }
  const text = response.body.pipeThrough(new TextDecoderStream());
  return judgedHere ? text.pipeThrough(keepMatching(format, matcherOf(filter))) : text;
}

async function inMemory(stream: ReadableStream<Uint8Array>): Promise<Blob> {
  const parts: BlobPart[] = [];
  let bytes = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength;
    if (bytes > MEMORY_BYTES) {
      void reader.cancel();
      throw restError(
        'EXPORT_TOO_LARGE',
        'The export is larger than 256 MB: narrow it by time, or use the command line.',
      );
    }
    parts.push(part.value as Uint8Array<ArrayBuffer>);
  }
  return new Blob(parts);
}

function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
