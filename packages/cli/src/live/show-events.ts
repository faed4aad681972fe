import type { AuditRecord } from '@inspector/contract';
import type { Logger } from 'pino';
import { type LineColour, terminalLine } from '#terminal/log-lines.ts';
import { formatCount } from '#terminal/numbers.ts';
import { type AuditFeedSource, followAudit } from './audit-feed.ts';
import { createLineBudget } from './line-budget.ts';
import { type NotableEvent, notableEvent, type Tone } from './notable-event.ts';

const colours: Record<Tone, LineColour> = {
  good: 'green',
  plain: 'reset',
  attention: 'yellow',
  alarm: ['red', 'bold'],
};

interface Shown {
  /** What was shown before: the governor's action in force. */
  action: string;
}

/** Notable events as lines to read on a terminal, as structured logs elsewhere. Answers the way to stop. */
export function showEvents(
  source: AuditFeedSource,
  { afterSeq, action }: { afterSeq: number } & Shown,
  log: Logger,
): () => void {
  const budget = createLineBudget();
  const shown: Shown = { action };
  const write = process.stdout.isTTY ? writeLine : (event: NotableEvent) => writeLog(log, event);
  const note = (text: string): void => log.info(text);
  return followAudit(source, afterSeq, {
    records(records) {
      for (const record of records) {
        const event = isNews(record, shown) ? notableEvent(record) : undefined;
        if (event && budget.admits(event)) write(event);
      }
      const heldBack = budget.takeHeldBack();
      if (heldBack > 0) note(`… and ${formatCount(heldBack)} more, all in the audit`);
    },
    passedOver(count) {
      note(`… ${formatCount(count)} records passed over, all in the audit`);
    },
  });
}

/** The governor's record also tells of locks beneath the strongest; here only a change of the action is news. */
function isNews({ kind, code }: AuditRecord, shown: Shown): boolean {
  if (kind !== 'GOVERNOR_CHANGED') return true;
  const changed = code !== shown.action;
  shown.action = code;
  return changed;
}

function writeLine({ ts, tag, text, tone }: NotableEvent): void {
  process.stdout.write(terminalLine(ts, { word: tag, colour: colours[tone] }, text));
}

function writeLog(log: Logger, { seq, ts, tag, text, tone }: NotableEvent): void {
  const level = tone === 'alarm' ? 'warn' : 'info';
  log[level]({ seq, ts, event: tag }, text);
}
