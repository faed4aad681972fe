import { createReadStream, type ReadStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { requestError } from '@inspector/service';
import Type from 'typebox';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

/** One copy at a time: each is as large as the store, on disk and on the line. */
const COPY_FILE = 'inspector.db.copy';

const CONTENT_TYPE = 'application/vnd.sqlite3';
const StoreResponse = {
  description: 'An SQLite database.',
  content: { [CONTENT_TYPE]: { schema: Type.Unsafe<ReadStream>({ type: 'string', format: 'binary' }) } },
};

/** What a standby asks of the instance that acts. */
export const replicaRoutes: AddRoutes<Pick<HttpPorts, 'storeCopy'>> = (app, { storeCopy }) => {
  let running = false;

  app.get(
    '/replica/store',
    {
      config: { role: 'admin' },
      schema: {
        tags: ['replica'],
        summary: 'The whole store as it is, for a standby that cannot follow from where it stands',
        description: '503 `STANDBY` from an instance that does not act, `OVERLOADED` while another copy is made.',
        response: { 200: StoreResponse },
      },
    },
    async (_request, reply) => {
      if (!storeCopy.isActive()) throw requestError('STANDBY', 'This instance stands by: ask the one that acts.');
      if (running) throw requestError('OVERLOADED', 'A copy is being made.', { headers: { 'retry-after': '5' } });
      running = true;
      const file = join(storeCopy.directory, COPY_FILE);
      const end = () => {
        running = false;
        rmSync(file, { force: true });
      };
      try {
        rmSync(file, { force: true }); // what a killed process left
        await storeCopy.copyTo(file);
      } catch (error) {
        end();
        throw error;
      }
      reply.type(CONTENT_TYPE);
      return reply.send(createReadStream(file).on('close', end));
    },
  );
};
