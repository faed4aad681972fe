import { counter, gauge, histogram, type MetricDefinition } from './metric.ts';

/**
 * Every metric of an Inspector, by name, in the order of docs/metrics.md. Seconds, bytes, ratios (1 is the whole) and US
 * dollars. A value that is not known is left out, never 0.
 */
export const inspectorMetricTable = {
  // The instance.
  inspector_build_info: gauge('Always 1; the version that runs.', 'version'),
  inspector_active: gauge('1 while this instance acts, 0 while it stands by.'),
  inspector_epoch: gauge('Fencing epoch of this instance.'),
  inspector_takeovers_total: counter('Times that this instance took over from another one.'),
  inspector_healthy: gauge('1 while `GET /health` answers 200: process, store, bus and connectors are up.'),
  inspector_ready: gauge('1 while entries can be decided.'),
  inspector_degraded: gauge('1 while it works with something missing.'),
  inspector_node_up: gauge('1 while the part is ok, as `GET /inspector/health/nodes` shows it.', 'node'),
  inspector_options_version: gauge('Version of the options in force.'),
  inspector_provider_registered: gauge("1 while it is in the Provider's registry."),

  // Runner and journal.
  inspector_runner_phase: gauge('1 for the phase that the runner is in, 0 for the others.', 'phase'),
  inspector_inputs_total: counter('Inputs stored in this data directory, ever.'),
  inspector_inputs_pending: gauge('Inputs applied and not stored yet.'),
  inspector_inputs_pending_bytes: gauge('Their size.'),
  inspector_inputs_shed_total: counter('Market inputs dropped because nothing could be stored.'),
  inspector_inputs_refused_total: counter('Other inputs not taken because nothing could be stored, or at a stop.'),
  inspector_inputs_unwritable_total: counter('Inputs that could not be written down and were not applied.'),
  inspector_commits_total: counter('Group commits of the journal.'),
  inspector_commit_duration_seconds: histogram('How long a commit took, its flush included.'),
  inspector_commit_last_seconds: gauge('How long the last commit took.'),
  inspector_commit_longest_seconds: gauge('The longest commit since the start.'),
  inspector_journal_bytes: gauge('Size of the journal on disk.'),
  inspector_journal_stalled: gauge('1 while the journal cannot store: nothing is approved, exits go on.'),
  inspector_journal_stalled_seconds: gauge('For how long it could not; 0 while it can.'),
  inspector_snapshot_age_inputs: gauge('Inputs since the newest snapshot: what a restart replays.'),
  inspector_audit_last_seq: gauge('Sequence of the newest stored audit record.'),
  inspector_audit_records_total: counter('Audit records since the start, by kind.', 'kind'),
  inspector_views_behind_records: gauge('Stored records that REST does not show yet.'),
  inspector_views_up: gauge('0 while the views stand still because of a hole.'),

  // Bus.
  inspector_bus_up: gauge('1 while the bus takes and delivers events.'),
  inspector_bus_published_total: counter('Events published.'),
  inspector_bus_delivered_total: counter('Events handed to a subscription and acknowledged.'),
  inspector_bus_shed_total: counter('Market data dropped because a queue was full.'),
  inspector_bus_dead_lettered_total: counter('Messages refused at receipt, or that could not be handled.'),
  inspector_bus_queued: gauge('Events waiting for a subscription.'),
  inspector_bus_handling_seconds: gauge('From publishing to acknowledgement, of the last sampled events.', 'quantile'),
  inspector_bus_events_received_total: counter('Events received, by type.', 'type'),
  inspector_bus_event_lag_seconds: gauge(
    'Receive time less publish time of the last events of a type; quantile 1 is the largest.',
    'type',
    'quantile',
  ),
  inspector_events_waiting: gauge('`INSPECTOR_*` events that wait for the bus.'),
  inspector_events_dropped_total: counter(
    '`INSPECTOR_*` events dropped while it did not take them; the audit has them.',
  ),

  // Effects: calls to the venue.
  inspector_effects_sent_total: counter('Orders and cancels sent to the Provider.'),
  inspector_effects_answered_total: counter('What became of them: `accepted`, `rejected` or `unknown`.', 'outcome'),
  inspector_effects_retried_total: counter('Tries that surely did not reach the venue and were made again.'),
  inspector_effects_running: gauge('Calls under way.'),
  inspector_effects_waiting: gauge('Calls that wait for one under way.'),

  // Decisions, orders and what the audit tells; since the start.
  inspector_decisions_total: counter('Requests decided, by verdict and code; checks apart.', 'decision', 'code'),
  inspector_checks_total: counter('Pre-trade checks answered, by verdict.', 'decision'),
  inspector_limit_breaches_total: counter('Limits tripped.', 'code', 'action'),
  inspector_orders_total: counter(
    'Orders by purpose: `SENT`, then how they ended (`FILLED`, `CANCELED`, `REJECTED`, `EXPIRED`); `UNKNOWN` when in doubt.',
    'purpose',
    'outcome',
  ),
  inspector_positions_opened_total: counter('Positions opened or found.', 'ownership'),
  inspector_positions_closed_total: counter('Positions closed, by why.', 'code'),
  inspector_protection_failures_total: counter('Stops (`STOP`) and targets (`TARGET`) refused or lost.', 'code'),
  inspector_naked_exposure_steps_total: counter('Steps of the naked-exposure ladder.', 'step'),
  inspector_naked_longest_seconds: gauge('The longest that a step of the ladder told of, since the start.'),
  inspector_dead_letters_total: counter('Events and commands refused, by code.', 'code'),
  inspector_alerts_total: counter('Alerts to people, reminders included.', 'severity'),

  // Governor and kill switch.
  inspector_governor_action: gauge('1 for the strongest action in force, 0 for the others.', 'action'),
  inspector_locks: gauge('Locks in force, by the limit that set them.', 'code', 'action'),
  inspector_cooldowns: gauge('Accounts that cool down.'),
  inspector_kill_switch_phase: gauge('1 for the phase of the newest incident, or `IDLE`; 0 for the others.', 'phase'),
  inspector_kill_switch_incidents: gauge('Incidents that are not re-armed.'),
  inspector_kill_switch_triggers_total: counter('Kill switches triggered since the start.'),
  inspector_kill_switch_remaining: gauge('What the venue still shows in scope: `orders`, `positions`.', 'what'),
  inspector_kill_to_flat_seconds: gauge('From trigger to verified flat, of the newest incident that is flat.'),
  inspector_kill_unverified_seconds: gauge('Since the trigger of the oldest incident that is not flat yet; 0: none.'),

  // Positions and protection.
  inspector_positions: gauge('Open positions.', 'ownership', 'protection'),
  inspector_positions_naked: gauge('Runtime positions of which some quantity has no confirmed stop.'),
  inspector_naked_seconds: gauge('For how long, the longest of them; 0: none.'),
  inspector_reservations: gauge('Approved entries that are not filled or dead.'),
  inspector_reserved_usd: gauge('Their notional.'),
  inspector_prices: gauge('Symbols with a price.'),
  inspector_prices_stale: gauge('Of them, those whose price is not fresh.'),
  inspector_request_ids: gauge('Request ids remembered.'),
  inspector_requests_duplicate_total: counter('Requests that came again and were answered as before.'),
  inspector_detector_leases: gauge('Leases of detectors: `held` or `expired`.', 'state'),

  // Accounts.
  inspector_account_equity_known: gauge(
    '1 while equity is known; else equity limits neither trip nor clear.',
    'account_key',
  ),
  inspector_account_equity_usd: gauge('Last known equity.', 'account_key'),
  inspector_account_equity_peak_usd: gauge('Highest confirmed equity, scaled by transfers.', 'account_key'),
  inspector_account_wallet_balance_usd: gauge('Wallet balance.', 'account_key'),
  inspector_account_available_balance_usd: gauge('Balance that can serve as margin.', 'account_key'),
  inspector_account_margin_ratio: gauge("The venue's margin ratio.", 'account_key'),
  inspector_account_drawdown_ratio: gauge('Drawdown from the peak.', 'account_key'),
  inspector_account_drawdown_max_ratio: gauge("The day's deepest drawdown.", 'account_key'),
  inspector_account_daily_pnl_usd: gauge("The day's result, unrealised included.", 'account_key'),
  inspector_account_daily_pnl_ratio: gauge("The same, of equity at the day's start.", 'account_key'),
  inspector_account_exposure_gross_usd: gauge('Sum of absolute notionals, legacy included.', 'account_key'),
  inspector_account_exposure_net_usd: gauge('Long less short.', 'account_key'),
  inspector_account_exposure_ratio: gauge('Gross and reserved notional of equity.', 'account_key'),
  inspector_account_exposure_limit_ratio: gauge('What they may be; left out without a limit.', 'account_key'),
  inspector_account_positions: gauge('Open positions, legacy included.', 'account_key'),
  inspector_account_closed_trades: gauge('Trades closed today.', 'account_key'),
  inspector_account_losing_trades: gauge('Of them, those with a loss.', 'account_key'),
  inspector_account_consecutive_losses: gauge('Losses in a row, over days.', 'account_key'),
  inspector_account_stress: gauge('1 while stress mode is on.', 'account_key'),
  inspector_limit_used_ratio: gauge(
    'Use of a limit: 1 is at the limit; of limits per symbol the largest.',
    'account_key',
    'code',
  ),
  inspector_limit_time_to_trip_seconds: gauge(
    'When it trips at the present pace; left out while it is not approaching.',
    'account_key',
    'code',
  ),

  // Venue: reconciliation and connectors.
  inspector_account_reconciled: gauge('1 while the account agrees with the venue.', 'account_key'),
  inspector_account_stream_gap: gauge('1 while account events are missing.', 'account_key'),
  inspector_account_differences: gauge('Differences to the venue that are not settled.', 'account_key'),
  inspector_reconciliations_total: counter('Comparisons with the venue: `OK`, `REPAIRED`, `DIFFERENCE`.', 'code'),
  inspector_reconcile_duration_seconds: gauge('How long the last round of asking the venue took.'),
  inspector_reconcile_age_seconds: gauge('Time since the end of that round.'),
  inspector_reconcile_failed_accounts: gauge('Accounts that it was not answered for.'),
  inspector_connector_up: gauge('1 while the connector is heard of.', 'connector'),
  inspector_connector_silent_seconds: gauge('Time since its last event.', 'connector'),
  inspector_connector_lag_seconds: gauge("Receive time less the last event's own time.", 'connector'),

  // Copies of the trail.
  inspector_replication_connected: gauge('1 while a standby hears from the active instance.'),
  inspector_replication_held_commits: gauge(
    'Commits stored here that a standby cannot learn of yet; nothing of them leaves.',
  ),
  inspector_replication_held_bytes: gauge('Their size.'),
  inspector_replication_lag_inputs: gauge('Inputs that the standby does not have yet.'),
  inspector_questdb_state: gauge('1 for the state of the copy to QuestDB (`ok`, `behind`, `down`).', 'state'),
  inspector_questdb_cursor: gauge('Sequence of the last record whose write QuestDB has confirmed.'),
  inspector_questdb_lag_records: gauge('Records that are not in QuestDB yet.'),
  inspector_questdb_sent_total: counter('Records whose write was confirmed.'),
  inspector_questdb_rejected_total: counter('Records that QuestDB refused for good.'),
  inspector_questdb_deleted_total: counter('Records that retention deleted before they were sent.'),
  inspector_questdb_samples_dropped_total: counter('Samples of market data and equity that were let go.'),
  inspector_traces_sent_total: counter('Spans that the collector has taken.'),
  inspector_traces_dropped_total: counter('Spans let go: the queue was full, or the collector did not take them.'),

  // Telling people. `target` is the kind: `telegram`, `webhook-generic`, `webhook-slack`, `webhook-discord`.
  inspector_alert_messages_delivered_total: counter('Messages to people that the other side has taken.', 'target'),
  inspector_alert_tries_failed_total: counter('Tries that failed; what can be tried again is.', 'target'),
  inspector_alerts_folded_total: counter('Alerts told as part of a summary because there were too many.', 'target'),
  inspector_alerts_late_total: counter('Alerts told as part of a summary because they came too late.', 'target'),
  inspector_alerts_dropped_total: counter('Alerts given up: refused, or too many waited.', 'target'),
  inspector_alerts_waiting: gauge('Alerts that wait to be sent.', 'target'),
  inspector_alert_targets_failing: gauge('Targets whose last try failed.', 'target'),
  inspector_telegram_commands_total: counter(
    'Messages to the bot: `answered`, `outdated` (too old, not carried out) or `stranger` (not allowed, not answered).',
    'outcome',
  ),
  inspector_telegram_polls_failing: gauge('Bots whose commands cannot be read at the moment.'),

  // The service itself.
  inspector_http_request_duration_seconds: histogram(
    'Requests answered, by route; `/metrics` apart. Further routes past the bound are `other`.',
    'method',
    'route',
    'status',
  ),
  inspector_event_loop_delay_seconds: gauge(
    'Delay of the event loop since the last scrape of this service; quantile 1 is the largest.',
    'quantile',
  ),
  inspector_metrics_left_out: gauge('Series left out of this answer because a metric has its most already.'),
} as const satisfies Record<`inspector_${string}`, MetricDefinition>;

export type InspectorMetricTable = typeof inspectorMetricTable;
