/** Series as promtool writes them, label set and values; a bare number stands for a constant. */
type Series = Readonly<Record<string, number | string>>;

/**
 * What one alert is to do: be silent on one side of its threshold for ever; on the other, where it is from `sinceSeconds`
 * (0) on, fire after `forSeconds` and not 5 s earlier.
 */
export interface AlertCase {
  alert: string;
  forSeconds: number;
  sinceSeconds?: number;
  fires: Series;
  silent: readonly Series[];
}

const instance = (name: string) => `app_key="k",instance="${name}",job="inspector"`;
const a = instance('a');
const b = instance('b');
const provider = 'instance="p",job="provider"';

/** One acts, one stands by, both answer. */
const pair: Series = {
  [`up{${a}}`]: 1,
  [`up{${b}}`]: 1,
  [`inspector_active{${a}}`]: 1,
  [`inspector_active{${b}}`]: 0,
};
const standingBy = { [`inspector_active{${a}}`]: 0 };
const acting = { [`inspector_active{${a}}`]: 1 };
const STALE = 'stale';
/** Zero, then one from 2 min on: what `increase` sees. */
const STEP = '0x23 1x120';
const STEP_SECONDS = 120;
/** A slope needs two samples. */
const SLOPE_SECONDS = 5;
const FLAT = '1x300';

/** An alert on the state of the instance that acts: a standby that shows the same is silent. */
function ofTheActive(given: Omit<AlertCase, 'fires' | 'silent'> & { fires: Series; silent: Series }): AlertCase {
  return {
    ...given,
    fires: { ...acting, ...given.fires },
    silent: [
      { ...acting, ...given.silent },
      { ...standingBy, ...given.fires },
    ],
  };
}

const cases: AlertCase[] = [
  {
    alert: 'InspectorNoActive',
    forSeconds: 15,
    fires: { ...pair, [`inspector_active{${a}}`]: 0 },
    // Longer than that no takeover takes; nor does a target that is down hide the one that acts.
    silent: [pair, { ...pair, [`up{${b}}`]: 0, [`inspector_active{${b}}`]: STALE }],
  },
  {
    alert: 'InspectorNoActive',
    forSeconds: 15,
    fires: { [`up{${a}}`]: 0, [`up{${b}}`]: 0 },
    silent: [{ [`up{${a}}`]: 1, [`inspector_active{${a}}`]: 1, [`up{${b}}`]: 0 }],
  },
  {
    alert: 'InspectorTwoActive',
    forSeconds: 15,
    fires: { ...pair, [`inspector_active{${b}}`]: 1 },
    // Two Inspectors of two keys are none too many.
    silent: [pair, { ...acting, 'inspector_active{app_key="other",instance="c",job="inspector"}': 1 }],
  },
  { alert: 'InspectorDown', forSeconds: 30, fires: { [`up{${a}}`]: 0 }, silent: [{ [`up{${a}}`]: 1 }] },
  {
    alert: 'InspectorStandbyMissing',
    forSeconds: 120,
    fires: { ...pair, [`up{${b}}`]: 0, [`inspector_active{${b}}`]: STALE },
    // Where only one is configured none is missing.
    silent: [pair, { [`up{${a}}`]: 1, ...acting }],
  },
  {
    alert: 'InspectorStandbyBehind',
    forSeconds: 60,
    fires: { ...standingBy, [`inspector_replication_lag_inputs{${a}}`]: 1001 },
    silent: [
      { ...standingBy, [`inspector_replication_lag_inputs{${a}}`]: 1000 },
      { ...acting, [`inspector_replication_lag_inputs{${a}}`]: 1001 },
    ],
  },
  {
    alert: 'InspectorStandbyBehind',
    forSeconds: 60,
    fires: { ...standingBy, [`inspector_replication_connected{${a}}`]: 0 },
    silent: [{ ...standingBy, [`inspector_replication_connected{${a}}`]: 1 }],
  },
  {
    alert: 'InspectorTookOver',
    forSeconds: 0,
    sinceSeconds: STEP_SECONDS,
    fires: { [`inspector_takeovers_total{${a}}`]: STEP },
    silent: [{ [`inspector_takeovers_total{${a}}`]: FLAT }],
  },
  ofTheActive({
    alert: 'InspectorKillSwitchStuck',
    forSeconds: 0,
    fires: { [`inspector_kill_switch_phase{${a},phase="STUCK"}`]: 1 },
    silent: {
      [`inspector_kill_switch_phase{${a},phase="STUCK"}`]: 0,
      [`inspector_kill_switch_phase{${a},phase="CLOSING"}`]: 1,
    },
  }),
  ofTheActive({
    alert: 'InspectorKillUnverified',
    forSeconds: 0,
    fires: { [`inspector_kill_unverified_seconds{${a}}`]: 30.1 },
    silent: { [`inspector_kill_unverified_seconds{${a}}`]: 30 },
  }),
  ofTheActive({
    alert: 'InspectorNakedExposure',
    forSeconds: 0,
    fires: { [`inspector_naked_seconds{${a}}`]: 8.6 },
    silent: { [`inspector_naked_seconds{${a}}`]: 8.5 },
  }),
  ofTheActive({
    alert: 'InspectorEquityUnknown',
    forSeconds: 30,
    fires: { [`inspector_account_equity_known{${a},account_key="x"}`]: 0 },
    silent: { [`inspector_account_equity_known{${a},account_key="x"}`]: 1 },
  }),
  ofTheActive({
    alert: 'InspectorNotReconciled',
    forSeconds: 60,
    fires: { [`inspector_account_reconciled{${a},account_key="x"}`]: 0 },
    silent: { [`inspector_account_reconciled{${a},account_key="x"}`]: 1 },
  }),
  ofTheActive({
    alert: 'InspectorAccountStreamGap',
    forSeconds: 60,
    fires: { [`inspector_account_stream_gap{${a},account_key="x"}`]: 1 },
    silent: { [`inspector_account_stream_gap{${a},account_key="x"}`]: 0 },
  }),
  ofTheActive({
    alert: 'InspectorLimitNear',
    forSeconds: 30,
    fires: { [`inspector_limit_used_ratio{${a},account_key="x",code="DRAWDOWN"}`]: 0.8 },
    silent: {
      [`inspector_limit_used_ratio{${a},account_key="x",code="DAILY_LOSS"}`]: 0.799,
      // Full use of what one may hold is no loss.
      [`inspector_limit_used_ratio{${a},account_key="x",code="MAX_OPEN_POSITIONS"}`]: 1,
    },
  }),
  ofTheActive({
    alert: 'InspectorLimitTripsSoon',
    forSeconds: 30,
    fires: { [`inspector_limit_time_to_trip_seconds{${a},account_key="x",code="DAILY_LOSS"}`]: 299 },
    silent: { [`inspector_limit_time_to_trip_seconds{${a},account_key="x",code="DAILY_LOSS"}`]: 300 },
  }),
  ...['STAND_DOWN', 'CLOSE_ALL'].map((action) =>
    ofTheActive({
      alert: 'InspectorStoodDown',
      forSeconds: 0,
      fires: { [`inspector_governor_action{${a},action="${action}"}`]: 1 },
      silent: {
        [`inspector_governor_action{${a},action="${action}"}`]: 0,
        [`inspector_governor_action{${a},action="BLOCK"}`]: 1,
      },
    }),
  ),
  {
    alert: 'InspectorJournalStalled',
    forSeconds: 0,
    fires: { [`inspector_journal_stalled{${a}}`]: 1 },
    silent: [{ [`inspector_journal_stalled{${a}}`]: 0 }],
  },
  {
    alert: 'InspectorViewsStopped',
    forSeconds: 10,
    fires: { [`inspector_views_up{${a}}`]: 0 },
    silent: [{ [`inspector_views_up{${a}}`]: 1 }],
  },
  {
    alert: 'InspectorBusDown',
    forSeconds: 10,
    fires: { [`inspector_bus_up{${a}}`]: 0 },
    silent: [{ [`inspector_bus_up{${a}}`]: 1 }],
  },
  {
    alert: 'InspectorEventsDropped',
    forSeconds: 0,
    sinceSeconds: STEP_SECONDS,
    fires: { [`inspector_events_dropped_total{${a}}`]: STEP },
    silent: [{ [`inspector_events_dropped_total{${a}}`]: FLAT }],
  },
  ofTheActive({
    alert: 'InspectorHolding',
    forSeconds: 10,
    fires: { [`inspector_replication_held_commits{${a}}`]: 101 },
    silent: { [`inspector_replication_held_commits{${a}}`]: 100 },
  }),
  ofTheActive({
    alert: 'InspectorConnectorSilent',
    forSeconds: 30,
    fires: { [`inspector_connector_up{${a},connector="x"}`]: 0 },
    silent: { [`inspector_connector_up{${a},connector="x"}`]: 1 },
  }),
  ofTheActive({
    alert: 'InspectorNotRegistered',
    forSeconds: 60,
    fires: { [`inspector_provider_registered{${a}}`]: 0 },
    silent: { [`inspector_provider_registered{${a}}`]: 1 },
  }),
  ofTheActive({
    alert: 'InspectorAlertTargetFailing',
    forSeconds: 120,
    fires: { [`inspector_alert_targets_failing{${a},target="telegram"}`]: 1 },
    silent: { [`inspector_alert_targets_failing{${a},target="telegram"}`]: 0 },
  }),
  {
    alert: 'InspectorAlertsDropped',
    forSeconds: 0,
    sinceSeconds: STEP_SECONDS,
    fires: { [`inspector_alerts_dropped_total{${a},target="telegram"}`]: STEP },
    silent: [{ [`inspector_alerts_dropped_total{${a},target="telegram"}`]: FLAT }],
  },
  ofTheActive({
    alert: 'InspectorTelegramDeaf',
    forSeconds: 300,
    fires: { [`inspector_telegram_polls_failing{${a}}`]: 1 },
    silent: { [`inspector_telegram_polls_failing{${a}}`]: 0 },
  }),
  ofTheActive({
    alert: 'InspectorQuestdbLagging',
    forSeconds: 600,
    sinceSeconds: SLOPE_SECONDS,
    fires: { [`inspector_questdb_lag_records{${a}}`]: '10001+1x300' },
    // Many but getting fewer, and growing but few.
    silent: { [`inspector_questdb_lag_records{${a}}`]: '20000-10x300' },
  }),
  {
    alert: 'InspectorQuestdbLagging',
    forSeconds: 600,
    sinceSeconds: SLOPE_SECONDS,
    fires: { ...acting, [`inspector_questdb_lag_records{${a}}`]: '10001+1x300' },
    silent: [{ ...acting, [`inspector_questdb_lag_records{${a}}`]: '9000+1x300' }],
  },
  {
    alert: 'InspectorQuestdbRejected',
    forSeconds: 0,
    sinceSeconds: STEP_SECONDS,
    fires: { [`inspector_questdb_rejected_total{${a}}`]: STEP },
    silent: [{ [`inspector_questdb_rejected_total{${a}}`]: FLAT }],
  },
  {
    alert: 'InspectorEventLoopSlow',
    forSeconds: 60,
    fires: { [`inspector_event_loop_delay_seconds{${a},quantile="0.99"}`]: 0.201 },
    silent: [
      {
        [`inspector_event_loop_delay_seconds{${a},quantile="0.99"}`]: 0.2,
        [`inspector_event_loop_delay_seconds{${a},quantile="1"}`]: 5,
      },
    ],
  },
  { alert: 'ProviderDown', forSeconds: 15, fires: { [`up{${provider}}`]: 0 }, silent: [{ [`up{${provider}}`]: 1 }] },
  {
    alert: 'ProviderConnectorDown',
    forSeconds: 30,
    fires: { [`provider_connector_up{${provider},connector="x"}`]: 0 },
    silent: [{ [`provider_connector_up{${provider},connector="x"}`]: 1 }],
  },
  {
    alert: 'ProviderFeedDropped',
    forSeconds: 0,
    sinceSeconds: STEP_SECONDS,
    fires: { [`provider_feed_dropped_total{${provider},connector="x"}`]: STEP },
    silent: [{ [`provider_feed_dropped_total{${provider},connector="x"}`]: FLAT }],
  },
  {
    alert: 'ProviderFencedOrders',
    forSeconds: 0,
    sinceSeconds: STEP_SECONDS,
    fires: { [`provider_orders_refused_total{${provider},code="FENCED"}`]: STEP },
    silent: [{ [`provider_orders_refused_total{${provider},code="CONNECTOR_UNKNOWN"}`]: STEP }],
  },
  {
    alert: 'ProviderEventLoopSlow',
    forSeconds: 60,
    fires: { [`provider_event_loop_delay_seconds{${provider},quantile="0.99"}`]: 0.201 },
    silent: [{ [`provider_event_loop_delay_seconds{${provider},quantile="0.99"}`]: 0.2 }],
  },
];

/** Each side of each threshold of alerts.yml. */
export const alertCases: readonly AlertCase[] = cases;
