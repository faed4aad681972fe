/** The request itself, its detector, its account's link to the venue, and its symbol (rules 1 to 16). */

import { asClause, detailOf, type Explain, timezoneOf } from './facts.ts';
import { figure, figuresApart } from './figures.ts';
import { momentFrom } from './moment.ts';
import { opensAgain } from './opens-again.ts';
import { problemInFigures } from './request-problem.ts';

export const requestInvalid: Explain = ({ message }, facts) => {
  const { problem, remedy } = problemInFigures(detailOf(message), facts);
  const what = `the request is invalid: ${problem}`;
  if (remedy !== undefined) return { what, remedy };
  if (message.includes('that is a flip')) {
    return { what, remedy: 'Close the other side first, or send a flip request.' };
  }
  if (message.includes('names no size')) {
    return { what, remedy: 'Name a quantity or sizePercent, or set riskPerTradePercent above 0.' };
  }
  return { what, remedy: 'Correct it and send it again with a new requestId.' };
};

export const requestExpired: Explain = ({ observed, limit }) => {
  const lateMs = observed === null || limit === null ? null : observed - limit;
  const late = lateMs === null ? 'before it was decided' : `${figure(lateMs, 'ms')} before it was decided`;
  return { what: `the request expired ${late}`, remedy: 'Send it again with a later expiresAt.' };
};

export const requestDuplicate: Explain = ({ message }) => {
  const [, agoMs, first] = /decided (\d+) ms ago: (.+)\.$/.exec(message) ?? [];
  const when = agoMs === undefined ? 'already' : `${ago(Number(agoMs))} before`;
  const answer = first === undefined ? '' : ` with ${first}`;
  return {
    what: `this requestId was decided ${when}${answer}`,
    remedy: 'That first decision stands. Use a new requestId for a new request.',
  };
};

const ago = (ms: number): string => (ms < 1_000 ? `${ms} ms` : `${figure(Math.floor(ms / 1_000), 's')}`);

export const killSwitchActive: Explain = ({ message }) => {
  const [, incident, phase] = /^Kill switch (\S+) is (\S+)/.exec(message) ?? [];
  if (incident === undefined) {
    return { what: 'a kill switch is active', remedy: 'Entries open again when it is verified flat and re-armed.' };
  }
  const remedy =
    phase === 'VERIFIED_FLAT'
      ? 'The venue shows flat: entries open again when somebody re-arms it.'
      : 'Entries open again when the venue shows flat and somebody re-arms it.';
  return { what: `kill switch ${incident} is active, it stood at ${phase}`, remedy };
};

export const standDownActive: Explain = (violation, facts) => ({
  what: asClause(violation.message),
  remedy: opensAgain(violation, facts, 'when the stand-down is lifted'),
});

export const leaseExpired: Explain = ({ scope }) => {
  const detector = scope.replace(/^detector:/, '');
  return {
    what: `the lease of ${detector} ran out`,
    remedy: `Entries open again when ${detector} renews its lease; if its positions were closed, you must re-arm as well.`,
  };
};

export const notReconciled: Explain = ({ message }) => {
  const isDifferent = message.includes('unresolved');
  return {
    what: `the account is not reconciled, ${detailOf(message)}`,
    remedy: isDifferent
      ? 'Entries open again when a comparison with the venue finds no difference; it runs every 15 s.'
      : 'Entries open again after the first comparison with the venue that succeeds; it is tried every 15 s.',
  };
};

export const streamGap: Explain = () => ({
  what: 'account events of the venue are missing',
  remedy: 'Entries open again after the next reconciliation, which has been asked for.',
});

export const symbolUnknown: Explain = ({ message }, { symbol }) => {
  if (message.includes('sold short')) {
    return { what: `${symbol} cannot be sold short on spot`, remedy: 'Use a futures market for shorts.' };
  }
  if (message.includes('not trading')) {
    return {
      what: `${symbol} is not trading, its status is ${detailOf(message)}`,
      remedy: 'It can be entered when the venue trades it again.',
    };
  }
  return { what: `${symbol} is not among the venue's symbols`, remedy: "Use the venue's own name of the symbol." };
};

export const symbolExcluded: Explain = (_, { symbol }) => ({
  what: `${symbol} or its base asset is in your excludedAssets`,
  remedy: 'It can be entered when you take it off that list.',
});

export const symbolNotPreferred: Explain = (_, { symbol }) => ({
  what: `only preferred assets may be entered, and ${symbol} is not among them`,
  remedy: 'Add it to preferredAssets, or switch restrictToPreferred off.',
});

export const legacyPosition: Explain = (_, { symbol }) => ({
  what: `${symbol} holds a legacy position, which Inspector does not touch`,
  remedy: 'Adopt that position, or close it at the venue.',
});

export const priceMissing: Explain = (_, { symbol }) => ({
  what: `${symbol} has never had a price`,
  remedy: 'It can be entered after its first price from the venue.',
});

export const priceStale: Explain = ({ observed, limit }, { symbol }) => {
  const shown = figuresApart(observed, limit, 'ms');
  return {
    what: `the newest price of ${symbol} is ${shown.observed} old, your limit is ${shown.limit}`,
    remedy: 'It can be entered with the next fresh price.',
  };
};

export const equityUnknown: Explain = ({ message }) => ({
  what: `the equity of the account is unknown, ${detailOf(message)}`,
  remedy: message.includes('balance')
    ? 'Entries open again when the venue gives a balance.'
    : 'Entries open again when every open position has a fresh price.',
});

export const noTradeWindow: Explain = ({ message }, facts) => {
  const [, from, to, label] = /from (\d\d:\d\d) to (\d\d:\d\d)(?: \((.+)\))?/.exec(message) ?? [];
  const zone = timezoneOf(facts);
  if (to === undefined) return { what: 'it is inside a no-trade window', remedy: 'Entries open again when it ends.' };
  const name = label === undefined ? '' : ` "${label}"`;
  return {
    what: `it is inside your no-trade window${name} from ${from} to ${to} ${zone}`,
    remedy: `Entries open again at ${to} ${zone}.`,
  };
};

export const cooldownActive: Explain = ({ observed, limit }, facts) => {
  const shown = figuresApart(observed, limit, 's');
  const { evaluatedAt } = facts.decision;
  const at = observed === null || limit === null ? null : evaluatedAt + Math.ceil(limit - observed) * 1_000;
  return {
    what: `the last losing close was ${shown.observed} ago, your cooldown is ${shown.limit}`,
    remedy:
      at === null
        ? 'Entries open again when the cooldown is over.'
        : `Entries open again at ${momentFrom(at, evaluatedAt)}.`,
  };
};

export const noPosition: Explain = ({ message }) => ({
  what: asClause(message),
  remedy: message.includes('on its way out')
    ? 'Nothing more needs to be sent.'
    : 'A close needs an open position of the side that it names.',
});
