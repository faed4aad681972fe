/** The `inspector` program. */
import { enableCompileCache } from 'node:module';

enableCompileCache();

// A closed pipe (`inspector up | head`) ends the reading, not the governing.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const { createProgram } = await import('./program.ts');
await createProgram().parseAsync();
