import { Readable } from 'node:stream';
import { AuditExportQuerySchema } from '@inspector/contract';
import { requestError } from '@inspector/service';
import Type from 'typebox';
import { type ExportFormat, exportChunks, RECORDS_PER_EXPORT } from './audit-export.ts';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

/** Exports at once: each takes the time of the runner in slices. One more is told to come again. */
const EXPORTS_AT_ONCE = 2;
/** A caller that takes nothing for so long is let go, so that it does not keep others out. */
const STALLED_MS = 60_000;

const types: Record<ExportFormat, string> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
};

const text = (description: string) => ({ schema: Type.Unsafe<Readable>({ type: 'string', description }) });
const ExportResponse = {
  description: `Records, oldest first. When more than ${RECORDS_PER_EXPORT} pass, those after them are cut off, which the last line or row says by the kind \`EXPORT_CUT\`.`,
  content: {
    'application/x-ndjson': text('A record a line, as it was stored.'),
    'text/csv': text("RFC 4180 with a header. A text that a spreadsheet would take for a formula begins with `'`."),
  },
};

/** The audit trail as a file. */
export const auditExportRoutes: AddRoutes<Pick<HttpPorts, 'journal' | 'now'>> = (app, { journal, now }) => {
  let running = 0;

  app.get(
    '/audit/export',
    {
      config: { role: 'viewer' },
      exposeHeadRoute: false,
      schema: {
        tags: ['audit'],
        summary: 'All audit records that pass the filters, as a file',
        description: `The filters of \`/risk/audit\`. 503 \`OVERLOADED\` while ${EXPORTS_AT_ONCE} others are made.`,
        querystring: AuditExportQuerySchema,
        response: { 200: ExportResponse },
      },
    },
    (request, reply) => {
      const { format = 'ndjson', ...filter } = request.query;
      if (running >= EXPORTS_AT_ONCE) {
        throw requestError('OVERLOADED', 'Other exports are being made.', { headers: { 'retry-after': '5' } });
      }
      running += 1;
      const stall = setTimeout(() => records.destroy(), STALLED_MS).unref();
      const chunks = exportChunks({ journal, format, filter, onProgress: () => stall.refresh() });
      const records = Readable.from(chunks, { objectMode: false }).on('close', () => {
        clearTimeout(stall);
        running -= 1;
      });
      const name = `audit-${new Date(now()).toISOString().replace(/[-:]|\.\d+/g, '')}.${format}`;
      reply.headers({ 'content-type': types[format], 'content-disposition': `attachment; filename="${name}"` });
      return void reply.send(records);
    },
  );
};
