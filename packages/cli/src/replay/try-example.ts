/**
 * For developers: `node packages/cli/src/replay/try-example.ts ../shared/examples/kill` runs one example, prints what
 * came, and the first expected record that did not.
 */
import { runExample } from './run-example.ts';

const SHOWN = 400;
const paths = process.argv.slice(2);
for (const path of paths) {
  const { about, lines, missing } = await runExample(path.replace(/\.(nd)?json$/, ''));
  process.stdout.write(`${path}: ${about}\n`);
  for (const line of lines) process.stdout.write(`  ${line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line}\n`);
  if (!missing) {
    process.stdout.write('all expected records came\n\n');
    continue;
  }
  process.stdout.write(`expected record ${missing.index + 1} did not come: ${JSON.stringify(missing.expected)}\n`);
  process.stdout.write(`it was looked for among the last ${missing.candidates.length} lines above\n\n`);
  process.exitCode = 1;
}
