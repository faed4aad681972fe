import { styleText } from 'node:util';
import type { Options } from '@inspector/contract';
import { formatCount } from '#terminal/numbers.ts';
import { table } from '#terminal/table.ts';
import { limitLines } from './limit-lines.ts';

export interface BannerFacts {
  version: string;
  openUrl: string;
  inspectorUrl: string;
  providerUrl: string;
  appKey: string;
  /** One line a venue. */
  venues: readonly string[];
  detector: string | undefined;
  dataDir: string;
  keptRecords: number;
  options: Options;
  optionsVersion: number;
}

/** Limits side by side, so that they fit on a screen together with what follows. */
const LIMIT_COLUMNS = 3;

/** What a person reads at the start: what runs, where, within which limits, and the address to open. */
export function banner(facts: BannerFacts): string {
  const { version, openUrl, inspectorUrl, providerUrl, appKey, venues, detector, dataDir, keptRecords } = facts;
  const kept = keptRecords === 0 ? 'new' : `${formatCount(keptRecords)} audit records kept`;
  const places: [string, string][] = [
    ['Open', openUrl],
    ['Inspector', `${inspectorUrl}/api     REST; described at /docs`],
    ['Provider', `${providerUrl}/api     REST, /ws, proxy /api/inspectors/${appKey}`],
    ...venues.map((venue): [string, string] => ['Venue', venue]),
    ...(detector === undefined ? [] : [['Detector', detector] as [string, string]]),
    ['Data', `${dataDir} (${kept})`],
  ];
  const lines = [
    '',
    `  ${styleText('bold', `Inspector ${version}`)}  risk governor for algorithmic trading`,
    '',
    ...places.map(
      ([name, value]) =>
        `  ${styleText('dim', name.padEnd(10))} ${name === 'Open' ? styleText(['bold', 'cyan'], value) : value}`,
    ),
    '',
    `  ${styleText('bold', 'Limits')} ${styleText('dim', `version ${facts.optionsVersion}`)}`,
    table(inColumns(limitLines(facts.options)), { indent: '  ', alignRight: [1, 3, 5] }),
    '',
    `  ${styleText('dim', '^C stops it; everything is kept.')}`,
    '',
    '',
  ];
  return lines.join('\n');
}

/** Pairs set beside each other, read downwards. */
function inColumns(pairs: readonly (readonly [string, string])[]): string[][] {
  const height = Math.ceil(pairs.length / LIMIT_COLUMNS);
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: LIMIT_COLUMNS }, (_, column) => pairs[column * height + row] ?? ['', '']).flat(),
  );
}
