/** The stack's own program with stand-ins for the four processes: each answers its port and writes down when it ends. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '#command-line.ts';
import type { Program } from '#keep-program.ts';
import type { ProgramName, StackPrograms } from '#programs.ts';

const script = `
const { appendFileSync, writeFileSync } = require('node:fs');
const [name, port, ends, begun] = process.argv.slice(1);
const end = () => { appendFileSync(ends, name + '\\n'); process.exit(); };
process.on('SIGTERM', end).on('disconnect', end);
require('node:http').createServer((request, response) => response.end('{}')).listen(Number(port), '127.0.0.1', () => writeFileSync(begun, ''));
`;

const fakePrograms: StackPrograms = ({ directory, ports }, { addresses }) => {
  mkdirSync(join(directory, 'logs'), { recursive: true });
  const fake = (name: ProgramName, port: number): Program => {
    const begun = join(directory, `${name}.begun`);
    return {
      name,
      command: [process.execPath, '-e', script, name, String(port), join(directory, 'ends'), begun],
      env: { EVENT_BUS_URL: addresses.redis },
      logFile: join(directory, 'logs', `${name}.log`),
      hasChannel: name !== 'detector',
      isReady: async () => existsSync(begun),
    };
  };
  return {
    provider: fake('provider', ports.provider),
    'inspector-1': fake('inspector-1', ports.inspector),
    'inspector-2': fake('inspector-2', ports.standby),
    detector: fake('detector', 0),
  };
};

process.exitCode = await runCommandLine(fakePrograms);
process.stdout.write('', () => process.exit());
