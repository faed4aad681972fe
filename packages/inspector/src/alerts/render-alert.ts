import { adviceFor } from './advice.ts';
import type { AlertMessage, AlertSeverity } from './alert-message.ts';
import { parseTemplate, renderTemplate, type Template, uses } from './template.ts';

const icons: Readonly<Record<AlertSeverity, string>> = { info: '🔵', warn: '🟠', critical: '🔴' };

const standard = parseTemplate(
  ['{{title}}', '{{message}}', '{{account}} {{symbol}}', '{{advice}}', '{{link}}', '{{app}}, {{time}}'].join('\n'),
);
if ('problems' in standard) throw new Error(`the default template: ${standard.problems.join('; ')}`);

/** A title line, the figures, where, what to do, when. */
export const defaultTemplate: Template = standard.template;

export interface RenderSettings {
  template: Template;
  appKey: string;
  /** A page that a person can open; null: none. */
  link: string | null;
}

/** The text for people, its first line a title. `lateMs` is how old it is when that is worth saying, else null. */
export function renderAlert(alert: AlertMessage, lateMs: number | null, settings: RenderSettings): string {
  const { template, appKey, link } = settings;
  const marks = [alert.reminder ? 'reminder' : '', lateMs === null ? '' : `late by ${durationText(lateMs)}`].filter(
    Boolean,
  );
  const mark = marks.length === 0 ? '' : ` (${marks.join(', ')})`;
  const text = renderTemplate(template, {
    named: {
      title: `${iconOf(alert)} ${alert.severity.toUpperCase()} ${alert.code}${mark}`,
      severity: alert.severity,
      code: alert.code,
      message: alert.message,
      account: alert.accountKey ?? '',
      symbol: alert.symbol ?? '',
      position: alert.positionId ?? '',
      time: timeText(alert.ts),
      app: appKey,
      id: alert.seq === null ? '' : String(alert.seq),
      reminder: alert.reminder ? 'reminder' : '',
      late: lateMs === null ? '' : `late by ${durationText(lateMs)}`,
      advice: adviceFor(alert),
      link: link ?? '',
    },
    data: alert.data,
  });
  // Whatever the template: what is not new says so.
  const isMarked = uses(template, 'title') || (uses(template, 'reminder') && uses(template, 'late'));
  return isMarked || mark === '' ? text : `${mark.trim()} ${text}`;
}

function iconOf({ kind, reminder, severity }: AlertMessage): string {
  if (kind === 'test') return '🔔';
  return reminder ? '🔁' : icons[severity];
}

/** `2024-05-06 07:08:09 UTC`. */
export const timeText = (ts: number): string => `${new Date(ts).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** `40 ms`, `4.5 s`, `45 s`, `12 min`, `3.5 h`. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Number((ms / 1000).toFixed(1))} s`;
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
}
