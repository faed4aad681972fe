import { InvalidArgumentError } from '@commander-js/extra-typings';
import { createCommand, runCommand } from '../command.ts';

const exits = [
  '0  done',
  '1  the trail cannot be read, the file cannot be written, or no record lies in the range',
  '2  bad usage',
];

export const auditCommand = () =>
  createCommand('audit', {
    summary: 'take the audit trail out of a data directory',
    description: 'The audit trail holds every decision, order, protection and lock, numbered without a hole.',
    examples: ['inspector audit export --out audit.ndjson'],
    exits,
  }).addCommand(
    createCommand('export', {
      summary: 'write audit records as NDJSON',
      description: `Writes the audit records of INSPECTOR_DATA_DIR as NDJSON, one a line, oldest first, as they were stored. Reads only; an
Inspector may be running on the directory. The file appears when it is complete.`,
      examples: [
        'inspector audit export --out audit.ndjson',
        'INSPECTOR_DATA_DIR=/var/lib/inspector inspector audit export --out day.ndjson --from 1000 --to 2000',
      ],
      exits,
    })
      .requiredOption('--out <file>', 'where the records go')
      .option('--from <seq>', 'first record, included (default: the oldest kept)', parseSeq)
      .option('--to <seq>', 'last record, included (default: the newest)', parseSeq)
      .action(({ out, from, to }) =>
        runCommand('audit export', async () => {
          const { exportRecords } = await import('./export-records.ts');
          await exportRecords({ env: process.env, out, from, to });
        }),
      ),
  );

function parseSeq(text: string): number {
  const seq = Number(text);
  if (!Number.isSafeInteger(seq) || seq < 1) throw new InvalidArgumentError('Not a whole number of at least 1.');
  return seq;
}
