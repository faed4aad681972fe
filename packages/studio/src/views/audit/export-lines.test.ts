import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AuditRecord, AuditRecordSchema } from '@inspector/contract';
import { keepMatching } from './export-lines.ts';
import { csvHeader } from './record-csv.ts';

const record = (seq: number, message: string): AuditRecord => ({
  seq,
  ts: 1,
  kind: 'STARTED',
  code: 'OK',
  severity: 'info',
  traceId: 't',
  message,
  data: { a: 1 },
  epoch: 1,
});

async function passed(chunks: string[], stream: TransformStream<string, string>): Promise<string> {
  let text = '';
  const source = new ReadableStream<string>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const reader = source.pipeThrough(stream).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) text += part.value;
  return text;
}

const lines = [record(1, 'one'), record(2, '=two, "quoted"'), record(3, 'three')].map((one) => JSON.stringify(one));
const cut = JSON.stringify({ kind: 'EXPORT_CUT', message: 'Cut.', data: { records: 3 } });

test('lines that pass go on as they are, wherever the chunks are cut', async () => {
  const text = `${lines.join('\n')}\n${cut}\n`;
  for (const size of [1, 7, 64, text.length]) {
    const chunks = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
    const kept = await passed(
      chunks,
      keepMatching('ndjson', ({ seq }) => seq !== 2),
    );
    assert.equal(kept, `${lines[0]}\n${lines[2]}\n${cut}\n`);
  }
});

test('a last line without an end is a line', async () => {
  assert.equal(
    await passed(
      [lines[0] ?? ''],
      keepMatching('ndjson', () => true),
    ),
    `${lines[0]}\n`,
  );
});

test('CSV has the columns of the contract, quotes where it must and lets no cell be a formula', async () => {
  assert.equal(csvHeader, `${Object.keys(AuditRecordSchema.properties).join(',')}\r\n`);
  const text = await passed(
    [lines.join('\n')],
    keepMatching('csv', ({ seq }) => seq === 2),
  );
  assert.equal(text, `${csvHeader}2,1,STARTED,OK,info,,,,,,,t,,,"'=two, ""quoted""","{""a"":1}",1\r\n`);
});
