import type { Reading } from '@inspector/service';
import type { AlertingState } from '../alerts/index.ts';
import type { MetricState } from './metric-sources.ts';

type TargetState = AlertingState['targets'][number];
type BotState = AlertingState['bots'][number];

/** Sums by kind of target: names are the owner's, and their number has no bound. */
function byKind({ parts }: MetricState, of: (target: TargetState) => number): Reading<readonly ['target']>[] {
  const sums = new Map<string, number>();
  for (const target of parts.alerts?.targets ?? []) sums.set(target.kind, (sums.get(target.kind) ?? 0) + of(target));
  return [...sums].map(([kind, sum]) => [[kind], sum]);
}

const sumOf = (bots: readonly BotState[], of: (bot: BotState) => number): number =>
  bots.reduce((sum, bot) => sum + of(bot), 0);

function commands({ parts }: MetricState): Reading<readonly ['outcome']>[] {
  const { bots = [] } = parts.alerts ?? {};
  if (bots.length === 0) return [];
  return [
    [['answered'], sumOf(bots, (bot) => bot.commands)],
    [['outdated'], sumOf(bots, (bot) => bot.outdated)],
    [['stranger'], sumOf(bots, (bot) => bot.strangers)],
  ];
}

/** What became of alerts, and who wrote to the bot. */
export const alertReaders = {
  inspector_alert_messages_delivered_total: (state: MetricState) => byKind(state, ({ delivered }) => delivered),
  inspector_alert_tries_failed_total: (state: MetricState) => byKind(state, ({ failed }) => failed),
  inspector_alerts_folded_total: (state: MetricState) => byKind(state, ({ folded }) => folded),
  inspector_alerts_late_total: (state: MetricState) => byKind(state, ({ late }) => late),
  inspector_alerts_dropped_total: (state: MetricState) => byKind(state, ({ dropped }) => dropped),
  inspector_alerts_waiting: (state: MetricState) => byKind(state, ({ waiting }) => waiting),
  inspector_alert_targets_failing: (state: MetricState) =>
    byKind(state, ({ failingSince }) => (failingSince === null ? 0 : 1)),
  inspector_telegram_commands_total: commands,
  inspector_telegram_polls_failing: ({ parts }: MetricState) =>
    parts.alerts === undefined || parts.alerts.bots.length === 0
      ? undefined
      : sumOf(parts.alerts.bots, ({ failingSince }) => (failingSince === null ? 0 : 1)),
};
