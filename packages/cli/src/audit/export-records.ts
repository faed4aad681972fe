import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type AuditReader, openAuditReader } from '@inspector/inspector/journal';
import { exitCodes } from '#process/exit-codes.ts';
import { operatingError } from '#process/operating-error.ts';
import { readConfiguration } from '#process/read-configuration.ts';
import { formatBytes, formatCount } from '#terminal/numbers.ts';
import { createProgressBar } from '#terminal/progress-bar.ts';

export interface ExportRequest {
  env: NodeJS.ProcessEnv;
  out: string;
  from: number | undefined;
  to: number | undefined;
}

/** Lines handed to the file at a time. */
const LINES_PER_PIECE = 512;

/** Copies records from a data directory into a file, which appears only when it is complete. */
export async function exportRecords({ env, out, from, to }: ExportRequest): Promise<void> {
  const { environment } = readConfiguration(env);
  const reader = openAuditReader(environment.inspector.dataDir);
  try {
    const range = rangeOf(reader, { from, to });
    const part = `${out}.part`;
    try {
      const bytes = await copy(reader, range, part);
      await rename(part, out);
      const count = formatCount(range.last - range.first + 1);
      process.stderr.write(`${count} records (${range.first} to ${range.last}), ${formatBytes(bytes)}, in ${out}\n`);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  } finally {
    reader.close();
  }
}

interface Range {
  first: number;
  last: number;
}

function rangeOf(reader: AuditReader, { from, to }: { from: number | undefined; to: number | undefined }): Range {
  const oldest = reader.firstSeq();
  const newest = reader.lastSeq();
  const range = { first: Math.max(from ?? oldest, oldest), last: Math.min(to ?? newest, newest) };
  if (range.first <= range.last) return range;
  const holds = newest === 0 ? 'is empty' : `holds records ${oldest} to ${newest}`;
  throw operatingError(`no record lies between ${from ?? oldest} and ${to ?? newest}: the trail ${holds}`, {
    code: 'RANGE_EMPTY',
    exitCode: exitCodes.failed,
  });
}

async function copy(reader: AuditReader, { first, last }: Range, file: string): Promise<number> {
  const bar = createProgressBar();
  const total = last - first + 1;
  let bytes = 0;
  function* pieces(): Generator<string> {
    let lines: string[] = [];
    let done = 0;
    for (const line of reader.lines(first, last)) {
      lines.push(line);
      if (lines.length < LINES_PER_PIECE) continue;
      done += lines.length;
      bar.show(done / total, `${formatCount(done)} of ${formatCount(total)} records`);
      yield piece(lines);
      lines = [];
    }
    if (lines.length > 0) yield piece(lines);
  }
  const piece = (lines: readonly string[]): string => {
    const text = `${lines.join('\n')}\n`;
    bytes += Buffer.byteLength(text);
    return text;
  };
  try {
    await pipeline(Readable.from(pieces()), createWriteStream(file));
  } finally {
    bar.clear();
  }
  return bytes;
}
