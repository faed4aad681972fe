import { relative } from 'node:path';
import { DETECTOR, type StackAddresses } from '#programs.ts';
import { withoutSecrets } from '#redis-given.ts';
import type { StackSettings } from '#settings.ts';

interface Shown {
  addresses: StackAddresses;
  /** Undefined: a token was configured, which is not repeated. */
  secret: string | undefined;
  /** Why there is no QuestDB, where there is none. */
  questdbMissing: string | undefined;
}

/** What is up, where, and how to stop it, on one screen. */
export function screen(settings: StackSettings, { addresses, secret, questdbMissing }: Shown): string {
  const directory = shortPath(settings.directory);
  const place = (given: string | undefined) => (given === undefined ? 'started here' : 'was there');
  const rows: [string, string, string][] = [
    ['Open', `${addresses.provider}/#token=${secret ?? '<PROVIDER_API_TOKEN>'}`, ''],
    ['Provider', `${addresses.provider}/api`, `REST, /ws, proxy /api/inspectors/${settings.appKey}`],
    ['Inspector', `${addresses.inspector}/api`, 'REST; described at /docs'],
    ['Standby', `${addresses.standby}/api`, 'takes over when the other one dies'],
    ['Redis', withoutSecrets(addresses.redis), place(settings.redisUrl)],
    addresses.questdb === undefined
      ? ['QuestDB', 'none', `${questdbMissing}; the embedded store answers`]
      : ['QuestDB', withoutSecrets(addresses.questdb), `console; ${place(settings.questdbUrl)}`],
    ['Detector', DETECTOR, `${settings.symbols.join(' ')}, examples/external-detector/typescript`],
    ['Data', directory, `logs in ${directory}/logs`],
  ];
  const width = Math.max(...rows.slice(1).map(([, address]) => address.length));
  const lines = rows.map(([name, address, remark]) =>
    `  ${name.padEnd(10)} ${address.padEnd(width)}  ${remark}`.trimEnd(),
  );
  return [
    '',
    '  Inspector stack: four processes over a real bus',
    '',
    ...lines,
    '',
    '  Stop it with ^C, or: npm run stack -- stop     What is up: npm run stack -- status',
    '',
    '',
  ].join('\n');
}

function shortPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : `./${near}`;
}
