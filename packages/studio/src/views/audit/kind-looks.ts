import type { AuditKind, Severity } from '@inspector/contract';
import type { IconName } from '#design/icon.tsx';
import type { Tone } from '#design/tone.ts';
import { constantInWords } from '#words/constant-in-words.ts';
import { sentenceCase } from '#words/sentence-case.ts';

/** Kinds by what they are about, in the order in which a story meets them. */
export const kindGroups: readonly { title: string; icon: IconName; kinds: readonly AuditKind[] }[] = [
  { title: 'Requests', icon: 'decisions', kinds: ['REQUEST_DECIDED', 'DEAD_LETTER', 'LEASE_CHANGED'] },
  { title: 'Orders', icon: 'right', kinds: ['ORDER_INTENT', 'ORDER_SENT', 'ORDER_RESULT', 'ORDER_UNKNOWN'] },
  {
    title: 'Positions',
    icon: 'positions',
    kinds: ['POSITION_OPENED', 'POSITION_UPDATED', 'POSITION_CLOSED', 'CLOSE_REQUESTED', 'CLOSE_DEFERRED'],
  },
  {
    title: 'Protection',
    icon: 'shield',
    kinds: ['PROTECTION_PLACED', 'PROTECTION_MOVED', 'PROTECTION_CANCELLED', 'PROTECTION_FAILED', 'NAKED_EXPOSURE'],
  },
  { title: 'Limits', icon: 'headroom', kinds: ['LIMIT_BREACHED', 'GOVERNOR_CHANGED', 'KILL_SWITCH', 'ALERT_SENT'] },
  {
    title: 'Market',
    icon: 'market',
    kinds: [
      'STRESS_CHANGED',
      'REGIME_CHANGED',
      'DATA_GAP',
      'DATA_OUTLIER',
      'DATA_STALE',
      'LIQUIDITY_DROPPED',
      'VOLATILITY_SPIKE',
    ],
  },
  {
    title: 'Service',
    icon: 'options',
    kinds: ['STARTED', 'STOPPED', 'OPTIONS_CHANGED', 'DAY_ROLLED', 'RECONCILED', 'CHECKPOINT'],
  },
];

const icons = new Map(kindGroups.flatMap(({ icon, kinds }) => kinds.map((kind) => [kind, icon] as const)));

/** A kind that this page does not know yet has the icon of a note. */
export const kindIcon = (kind: AuditKind): IconName => icons.get(kind) ?? 'info';

/** `ORDER_SENT` is "Order sent". */
export const kindName = (kind: string): string => sentenceCase(constantInWords(kind));

export const severityTones: Readonly<Record<Severity, Tone | undefined>> = {
  debug: 'calm',
  info: undefined,
  warn: 'warn',
  critical: 'bad',
};
