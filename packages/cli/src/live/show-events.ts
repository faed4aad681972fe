import { styleText } from 'node:util';
import type { AuditRecord } from '@inspector/contract';
import type { Logger } from 'pino';
import { formatCount } from '#terminal/numbers.ts';
import { type AuditFeedSource, followAudit } from './audit-feed.ts';
import { createLineBudget } from './line-budget.ts';
import { type NotableEvent, notableEvent, type Tone } from './notable-event.ts';

const TAG_WIDTH = 10;

const colourOf: Record<Tone, Parameters<typeof styleText>[0]> = {
  good: 'green',
  plain: 'reset',
  attention: 'yellow',
  alarm: ['red', 'bold'],
};

/** Notable events as lines to read on a terminal, as structured logs elsewhere. Answers the way to stop. */
export function showEvents(source: AuditFeedSource, afterSeq: number, log: Logger): () => void {
  const budget = createLineBudget();
  const write = process.stdout.isTTY ? writeLine : (event: NotableEvent) => writeLog(log, event);
  const say = process.stdout.isTTY ? note : (text: string) => log.info(text);
  return followAudit(source, afterSeq, {
    records(records: readonly AuditRecord[]) {
      for (const record of records) {
        const event = notableEvent(record);
        if (event && budget.admits(event)) write(event);
      }
      const heldBack = budget.takeHeldBack();
      if (heldBack > 0) say(`… and ${formatCount(heldBack)} more, all in the audit`);
    },
    passedOver(count) {
      say(`… ${formatCount(count)} records passed over, all in the audit`);
    },
  });
}

function writeLine({ ts, tag, text, tone }: NotableEvent): void {
  const time = styleText('dim', new Date(ts).toTimeString().slice(0, 8));
  process.stdout.write(`  ${time}  ${styleText(colourOf[tone], tag.padEnd(TAG_WIDTH))}  ${text}\n`);
}

function writeLog(log: Logger, { seq, ts, tag, text, tone }: NotableEvent): void {
  const level = tone === 'alarm' ? 'warn' : 'info';
  log[level]({ seq, ts, event: tag }, text);
}

function note(text: string): void {
  process.stdout.write(`            ${styleText('dim', text)}\n`);
}
