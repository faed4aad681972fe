/** `npm run stack`: Redis, QuestDB, Provider, two Inspectors and a detector, each a process of its own. */
import { runCommandLine } from '#command-line.ts';
import { stackPrograms } from '#programs.ts';

// A closed pipe (`npm run stack | head`) ends the reading, not the stack.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await runCommandLine(stackPrograms);
// Whatever still holds the process open has nothing left to do.
process.stdout.write('', () => process.exit());
