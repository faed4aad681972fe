import { auditKindSentences, killPhases, nakedSteps, orderPurposes, rejectReasons } from '#codes/audit-kinds.ts';
import { closeCodeSentences } from '#codes/close-codes.ts';
import { entryCodeSentences } from '#codes/decision-codes.ts';
import { errorCodes, errorCodeTable } from '#codes/error-codes.ts';
import { governorActions, policyNames, watchedLimits } from '#codes/policies.ts';
import { code, generatedNote, page, table } from './markdown.ts';

const sentences = (head: string, table_: Readonly<Record<string, string>>): string =>
  table(
    [head, 'meaning'],
    Object.entries(table_).map(([name, sentence]) => [code(name), sentence]),
  );

const names = (list: readonly string[]): string => list.map(code).join(', ');

const entryRules = (): string =>
  table(
    ['#', 'code', 'refuses when'],
    Object.entries(entryCodeSentences).map(([name, sentence], index) => [String(index + 1), code(name), sentence]),
  );

const limits = (): string =>
  table(
    ['code', 'policy', 'trips when', 'option'],
    policyNames.map((name) => {
      const { code: limitCode, sentence, option } = watchedLimits[name];
      return [code(limitCode), code(name), sentence, code(option)];
    }),
  );

const errors = (): string =>
  table(
    ['code', 'status', 'meaning'],
    errorCodes.map((name) => [code(name), String(errorCodeTable[name].status), errorCodeTable[name].sentence]),
  );

/** The whole of docs/codes.md. */
export const codesPage = (): string =>
  page(
    '# Codes',
    generatedNote,
    '## Decisions',
    'An entry is judged by all rules, always in this order; `code` is the first one violated, `violations` are all. `OK` says that none is. Exits are never refused by a rule: they answer `OK`, `NO_POSITION` (nothing to close) or `LEGACY_POSITION`.',
    entryRules(),
    '## Watched limits',
    `Judged all the time, not only at requests. What they do is set by [policies](options.md#policies); the governor shows the strongest action in force: ${governorActions.join(' < ')}.`,
    limits(),
    '## Why a position ended',
    "The code of `POSITION_CLOSED`, `CLOSE_REQUESTED` and `CLOSE_DEFERRED`. A close by CLOSE_ALL carries the limit's code.",
    sentences('code', closeCodeSentences),
    '## Audit records',
    sentences('kind', auditKindSentences),
    `Kill switch phases: ${names(killPhases)}. Steps of \`NAKED_EXPOSURE\`: ${names(nakedSteps)}. Purposes of an order: ${names(orderPurposes)}. Reasons of a rejected order: ${names(rejectReasons)}.`,
    '## Errors',
    'The `code` of a problem (RFC 9457) that REST answers, and of a `DEAD_LETTER` record.',
    errors(),
  );
