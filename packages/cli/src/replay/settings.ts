/** What a replay is run with: its options file and the paper venue's terms, each with all its violations at once. */
import { readFile } from 'node:fs/promises';
import { defaultOptions, mergeOptions, type Options } from '@inspector/contract';
import { PAPER_BALANCE_USD, PAPER_MAKER_FEE_PERCENT, PAPER_TAKER_FEE_PERCENT } from '@inspector/provider/connectors';
import type { PaperTerms } from './paper-venue.ts';
import { BAD_USAGE, fileError, replayError } from './replay-error.ts';

/** The options of a file over the defaults; without a file the defaults. Throws a ReplayError (2). */
export async function readOptions(path: string | undefined): Promise<Options> {
  if (path === undefined) return defaultOptions;
  let patch: unknown;
  try {
    patch = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw fileError(path, error);
  }
  const merged = mergeOptions(defaultOptions, patch);
  if ('options' in merged) return merged.options;
  const violations = merged.errors.map(({ path: place, message }) => `  ${place || '/'} ${message}`);
  throw replayError(BAD_USAGE, `${path}: the options are refused\n${violations.join('\n')}`);
}

/** `PAPER_BALANCE`, `PAPER_MAKER_FEE_PERCENT` and `PAPER_TAKER_FEE_PERCENT`. Throws a ReplayError (2). */
export function readPaperTerms(env: Readonly<Record<string, string | undefined>>): PaperTerms {
  const violations: string[] = [];
  const read = (name: string, fallback: number, isAllowed: (value: number) => boolean, sentence: string): number => {
    const text = env[name]?.trim();
    if (text === undefined || text === '') return fallback;
    const value = Number(text);
    if (Number.isFinite(value) && isAllowed(value)) return value;
    violations.push(`  ${name}=${text} ${sentence}`);
    return fallback;
  };
  const isFee = (value: number) => value > -100 && value < 100;
  const terms = {
    balance: read('PAPER_BALANCE', PAPER_BALANCE_USD, (value) => value >= 0, 'must be a number of at least 0'),
    makerFeePercent: read('PAPER_MAKER_FEE_PERCENT', PAPER_MAKER_FEE_PERCENT, isFee, 'must be a percentage'),
    takerFeePercent: read('PAPER_TAKER_FEE_PERCENT', PAPER_TAKER_FEE_PERCENT, isFee, 'must be a percentage'),
  };
  if (violations.length > 0) throw replayError(BAD_USAGE, `the environment is refused\n${violations.join('\n')}`);
  return terms;
}
