import { after } from 'node:test';
import type { AuditRecord } from '@inspector/contract';
import { quietPicture } from '../../http/test-inspector.ts';
import type { Journal } from '../../journal/journal.ts';
import { createMemoryJournal } from '../../journal/memory-journal.ts';
import { type Clock, systemClock } from '../../runner/clock.ts';
import type { Question } from '../../runner/runner-port.ts';
import { auditRecord } from '../../views/test-records.ts';
import type { CommandPorts } from '../commands/answer-command.ts';
import type { AlertsConfig, TargetConfig } from '../config/alerts-config.ts';
import { defaultTemplate } from '../render-alert.ts';
import { type Alerting, startAlerts } from '../start-alerts.ts';
import { keptLog } from './alerts.ts';

export const target = (url: string, given: Partial<TargetConfig> = {}): TargetConfig =>
  ({
    name: 'pager',
    kind: 'webhook-generic',
    url,
    secret: null,
    severities: ['info', 'warn', 'critical'],
    reminders: true,
    ratePerMinute: 600,
    template: defaultTemplate,
    link: null,
    ...given,
  }) as TargetConfig;

export interface AlertingBench {
  alerting: Alerting;
  journal: Journal;
  lines: string[];
  asked: Question[];
  /** From here on it acts. */
  start(): void;
  /** Stores alerts as records, and hands them over as the runner does. */
  record(...given: Partial<AuditRecord>[]): AuditRecord[];
}

interface Given {
  alerts: AlertsConfig | null;
  journal?: Journal;
  epoch?: number;
  clock?: Clock;
  commands?: Partial<CommandPorts>;
}

/** Alerting over a journal in memory, on the clock of the machine. */
export function alertingBench({
  alerts,
  journal = createMemoryJournal(),
  epoch = 1,
  clock = systemClock,
  commands = {},
}: Given): AlertingBench {
  const { lines, log } = keptLog();
  const asked: Question[] = [];
  const alerting = startAlerts({
    alerts,
    appKey: 'guard',
    journal,
    clock,
    log,
    epoch: () => epoch,
    async ask(question) {
      asked.push(question);
      return { replyTo: 0, ok: true, status: 200, result: {} };
    },
    picture: quietPicture,
    health: () => ({
      ok: true,
      ready: true,
      degraded: false,
      startupReasons: [],
      hasOptions: true,
      connectors: [],
      timestamp: Date.now(),
    }),
    killPreview: ({ scope, includeLegacy = false }) => ({
      scope,
      includeLegacy,
      orders: [],
      positions: [],
      estimatedCostUsd: 0,
    }),
    ...commands,
  });
  after(() => alerting.stop());
  return {
    alerting,
    journal,
    lines,
    asked,
    start: () => alerting.start(journal.lastSeq),
    record(...given) {
      const records = given.map((each, index) =>
        auditRecord(journal.lastSeq + 1 + index, {
          kind: 'ALERT_SENT',
          severity: 'critical',
          ts: Date.now(),
          epoch,
          ...each,
        }),
      );
      journal.commit(
        { firstInput: journal.lastInput + 1, inputCount: 0, inputs: new Uint8Array(), now: 0, records },
        'full',
      );
      alerting.follow(records);
      return records;
    },
  };
}
