import type { GovernorLock, GovernorState } from '@inspector/contract';
import type { IconName } from '#design/icon.tsx';
import type { Tone } from '#design/tone.ts';
import { actionLooks, codeName, scopeName } from '#words/code-names.ts';
import { formatInUnit } from '#words/format.ts';
import { killLook } from '#words/kill-words.ts';

/** What the page says about the governor, in the order in which somebody wants to know it. */
export interface GovernorReading {
  title: string;
  tone: Tone;
  icon: IconName;
  /** What it means for the account. */
  sentence: string;
  /** What put it there; empty when nothing did. */
  why: readonly string[];
  /** Null: not known here; see the newest GOVERNOR_CHANGED. */
  since: number | null;
  /** A moment, `by hand`, or by hand once the venue shows flat; null: nothing ends, because nothing is in force. */
  until: number | 'by hand' | 'flat and by hand' | null;
}

/** What keeps entries of an account shut or smaller beside locks, by account key. */
interface AccountCircuit {
  reconciled?: boolean;
  streamGap?: boolean;
  equityKnown?: boolean;
  stressed?: boolean;
}

export function readGovernor(governor: GovernorState): GovernorReading {
  const { action, killSwitch, locks, reasons } = governor;
  const kill = killLook(killSwitch);
  if (kill !== null) {
    return {
      title: kill.short,
      tone: kill.tone,
      icon: kill.icon,
      sentence: kill.sentence,
      why: (killSwitch.scopes ?? []).map((scope) => `Kill switch over ${scopeName(scope)}`),
      since: killSwitch.since ?? null,
      until: killSwitch.state === 'VERIFIED_FLAT' ? 'by hand' : 'flat and by hand',
    };
  }
  const { name, tone, icon, sentence } = actionLooks[action];
  const inForce = locks.filter((lock) => lock.action === action);
  const reading = { title: name, tone, icon, sentence };
  if (inForce.length === 0) {
    return { ...reading, why: reasons.map(codeName), since: null, until: action === 'ALLOW' ? null : 'by hand' };
  }
  const ends = inForce.map(({ until }) => until);
  return {
    ...reading,
    why: inForce.map(lockWords),
    since: Math.min(...inForce.map(({ since }) => since)),
    until: ends.includes(null) ? 'by hand' : Math.max(...(ends as number[])),
  };
}

/** `Losses in a row reached 4 of 4, paper:futures`; with the reason where a person gave one. */
export function lockWords(lock: GovernorLock): string {
  const where = lock.scope === 'global' ? '' : `, ${scopeName(lock.scope)}`;
  const reached = reachedWords(lock);
  if (reached !== null) return `${reached}${where}`;
  const { code, reason } = lock;
  return `${codeName(code)}${where}${reason === undefined || reason === '' ? '' : `: ${reason}`}`;
}

/** The engine's own reason is `CODE reached 4 of 4 count`; null for any other. */
function reachedWords({ code, reason = '' }: GovernorLock): string | null {
  const [, named, observed, limit, unit = ''] = /^([A-Z_]+) reached (\S+) of (\S+) ?(.*)$/.exec(reason) ?? [];
  if (named !== code) return null;
  return `${codeName(code)} reached ${formatInUnit(Number(observed), unit)} of ${formatInUnit(Number(limit), unit)}`;
}

/** What shuts or halves entries without being a lock, in a sentence each. */
export function circuitSentences({ circuit }: Pick<GovernorState, 'circuit'>): string[] {
  return Object.entries(circuit as Record<string, AccountCircuit>).flatMap(([accountKey, account]) => [
    ...(account.reconciled === false
      ? [`${accountKey}: not reconciled with the venue, so entries are shut. Unknown is not flat.`]
      : []),
    ...(account.streamGap === true
      ? [`${accountKey}: account events are missing; entries wait for a comparison.`]
      : []),
    ...(account.equityKnown === false
      ? [`${accountKey}: equity is not known, so limits on it neither trip nor clear and entries wait.`]
      : []),
    ...(account.stressed === true ? [`${accountKey}: stress mode, spreads are wide and entries count half.`] : []),
  ]);
}
