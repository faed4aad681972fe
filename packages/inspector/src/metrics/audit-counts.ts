import { type AuditRecord, isFinalStatus } from '@inspector/contract';
import type { AuditFold } from '../views/audit-fold.ts';
import { createDecisionCounts, type DecisionCounts } from './decision-counts.ts';
import { createTally, type Tally } from './tally.ts';

type Readings<Labels extends readonly string[]> = ReturnType<Tally<Labels>['readings']>;

/**
 * What the audit records of this run tell, counted. Not rebuilt from the store at a start: a counter that begins with what
 * was counted before would look like a burst.
 */
export interface AuditCounts extends AuditFold {
  /** A durable record, each once, in order. Never throws. */
  apply(record: AuditRecord): void;
  decisions: Pick<DecisionCounts, 'decisions' | 'checks'>;
  kinds(): Readings<[kind: string]>;
  breaches(): Readings<[code: string, action: string]>;
  orders(): Readings<[purpose: string, outcome: string]>;
  opened(): Readings<[ownership: string]>;
  closed(): Readings<[code: string]>;
  protectionFailures(): Readings<[code: string]>;
  nakedSteps(): Readings<[step: string]>;
  deadLetters(): Readings<[code: string]>;
  alerts(): Readings<[severity: string]>;
  reconciliations(): Readings<[code: string]>;
  readonly killTriggers: number;
  /** The longest that a step of the naked-exposure ladder told of, ms. */
  readonly longestNakedMs: number;
}

export function createAuditCounts(): AuditCounts {
  const decisions = createDecisionCounts();
  const kinds = createTally<[string]>();
  const breaches = createTally<[string, string]>();
  const orders = createTally<[string, string]>();
  const opened = createTally<[string]>();
  const closed = createTally<[string]>();
  const protectionFailures = createTally<[string]>();
  const nakedSteps = createTally<[string]>();
  const deadLetters = createTally<[string]>();
  const alerts = createTally<[string]>();
  const reconciliations = createTally<[string]>();
  let killTriggers = 0;
  let longestNakedMs = 0;

  function apply(record: AuditRecord): void {
    const { kind, code, severity, data } = record;
    kinds.add(kind);
    decisions.apply(record);
    switch (kind) {
      case 'LIMIT_BREACHED':
        breaches.add(code, textOf(data.action));
        break;
      case 'ORDER_SENT':
        orders.add(textOf(data.purpose), 'SENT');
        break;
      case 'ORDER_RESULT':
        // How far it got on the way is told by further results; each order ends once.
        if (isFinalStatus(code)) orders.add(textOf(data.purpose), code);
        break;
      case 'ORDER_UNKNOWN':
        orders.add(textOf(data.purpose), 'UNKNOWN');
        break;
      case 'POSITION_OPENED':
        opened.add(code);
        break;
      case 'POSITION_CLOSED':
        closed.add(code);
        break;
      case 'PROTECTION_FAILED':
        protectionFailures.add(code);
        break;
      case 'NAKED_EXPOSURE':
        nakedSteps.add(code);
        if (typeof data.nakedMs === 'number') longestNakedMs = Math.max(longestNakedMs, data.nakedMs);
        break;
      case 'KILL_SWITCH':
        if (code === 'TRIGGERED') killTriggers += 1;
        break;
      case 'DEAD_LETTER':
        deadLetters.add(code);
        break;
      case 'ALERT_SENT':
        alerts.add(severity);
        break;
      case 'RECONCILED':
        reconciliations.add(code);
        break;
      default:
        break;
    }
  }

  return {
    apply,
    decisions,
    kinds: kinds.readings,
    breaches: breaches.readings,
    orders: orders.readings,
    opened: opened.readings,
    closed: closed.readings,
    protectionFailures: protectionFailures.readings,
    nakedSteps: nakedSteps.readings,
    deadLetters: deadLetters.readings,
    alerts: alerts.readings,
    reconciliations: reconciliations.readings,
    get killTriggers() {
      return killTriggers;
    },
    get longestNakedMs() {
      return longestNakedMs;
    },
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : 'UNKNOWN');
