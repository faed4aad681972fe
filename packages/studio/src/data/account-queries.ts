import type {
  AccountExposure,
  DashboardResponse,
  GovernorState,
  HeadroomEntry,
  HeadroomResponse,
  InspectorHealth,
  KillPreviewBody,
  KillPreviewResponse,
  KpiSnapshot,
  LiquidityResponse,
  OptionsResponse,
  PositionRuntimeState,
  PositionsResponse,
  PricesResponse,
  ReconciliationState,
  SystemState,
} from '@inspector/contract';
import { hashKey, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useStudioData } from './data-context.tsx';
import { queryKeys } from './query-keys.ts';
import { type Answer, MOVING_MS, RECORDED_MS, SLOW_MS, useInspectorReading } from './reading.ts';
import type { RestError } from './rest-error.ts';

/** A dashboard of more positions than these is read less often: it holds all of them. */
const MANY_POSITIONS = 50;

const dashboardMs = (last: DashboardResponse | undefined): number =>
  last !== undefined && last.runtimePositions.length > MANY_POSITIONS ? 3 * MOVING_MS : 2 * MOVING_MS;

/** KPI, runtime positions, exposure by account, limits and the newest 100 records, in one picture; every 2 s. */
export const useDashboard = (): Answer<DashboardResponse> =>
  useInspectorReading<DashboardResponse>({
    key: queryKeys.dashboard,
    path: '/risk/dashboard',
    everyMs: dashboardMs,
    moves: true,
  });

const exposureOf = ({ exposure }: DashboardResponse): AccountExposure[] => Object.values(exposure);

/** What each account has at stake; from the dashboard. */
export const useExposure = (): Answer<AccountExposure[]> =>
  useInspectorReading<DashboardResponse, AccountExposure[]>({
    key: queryKeys.dashboard,
    path: '/risk/dashboard',
    everyMs: dashboardMs,
    moves: true,
    select: exposureOf,
  });

/** Equity, drawdown, result and trades of the day, of all accounts or of one; every second. */
export const useKpi = (accountKey?: string): Answer<KpiSnapshot> =>
  useInspectorReading<KpiSnapshot>({
    key: [...queryKeys.kpi, accountKey ?? 'all'],
    path: '/risk/kpi',
    query: { accountKey },
    everyMs: MOVING_MS,
  });

/** Action in force, reasons, locks, kill switch, cooldowns; at once after a record that changes it. */
export const useGovernor = (): Answer<GovernorState> =>
  useInspectorReading<GovernorState>({ key: queryKeys.governor, path: '/governor/state', everyMs: 2 * MOVING_MS });

const headroomOf = ({ data }: HeadroomResponse): HeadroomEntry[] => data;

/** Every limit with its use, in the server's order; every second. `sortHeadroom` puts the nearest first. */
export const useHeadroom = (): Answer<HeadroomEntry[]> =>
  useInspectorReading<HeadroomResponse, HeadroomEntry[]>({
    key: queryKeys.headroom,
    path: '/risk/headroom',
    moves: true,
    everyMs: MOVING_MS,
    select: headroomOf,
  });

const positionsOf = ({ data }: PositionsResponse): PositionRuntimeState[] => data;

/** Open positions, runtime and legacy; every second, and at once after a record about one. */
export const usePositions = (ownership: 'runtime' | 'legacy' | 'all' = 'all'): Answer<PositionRuntimeState[]> =>
  useInspectorReading<PositionsResponse, PositionRuntimeState[]>({
    key: [...queryKeys.positions, ownership],
    path: '/risk/runtime-positions',
    moves: true,
    query: { ownership },
    everyMs: MOVING_MS,
    select: positionsOf,
  });

/** Valuation prices by symbol key. For one price that moves with every event: `useLivePrice`. */
export const usePrices = (): Answer<PricesResponse> =>
  useInspectorReading<PricesResponse>({ key: queryKeys.prices, path: '/risk/prices', moves: true, everyMs: MOVING_MS });

/** Spread, depth and imbalance by symbol key. */
export const useLiquidity = (): Answer<LiquidityResponse> =>
  useInspectorReading<LiquidityResponse>({
    key: queryKeys.liquidity,
    path: '/risk/liquidity',
    moves: true,
    everyMs: MOVING_MS,
  });

/** Effective options and their version; read again after `OPTIONS_CHANGED`. */
export const useOptions = (): Answer<OptionsResponse> =>
  useInspectorReading<OptionsResponse>({ key: queryKeys.options, path: '/options', everyMs: SLOW_MS });

/** Health of the Inspector with its connectors; a body also when it is not well (503). */
export const useHealth = (): Answer<InspectorHealth> =>
  useInspectorReading<InspectorHealth>({
    key: queryKeys.health,
    path: '/health',
    everyMs: 2 * MOVING_MS,
    accept: [503],
  });

/** Reasons of degradation, accounts, versions and the effective configuration without secrets. */
export const useSystemState = (): Answer<SystemState> =>
  useInspectorReading<SystemState>({ key: queryKeys.system, path: '/system/state', everyMs: RECORDED_MS });

/** The last comparison of each account with its venue. */
export const useReconcileState = (): Answer<ReconciliationState[]> =>
  useInspectorReading<{ data: ReconciliationState[] }, ReconciliationState[]>({
    key: queryKeys.reconcile,
    path: '/reconcile/state',
    everyMs: RECORDED_MS,
    select: ({ data }) => data,
  });

/** What a kill over each of the scopes would still cancel and close; null: not asked for. */
export function useLeftInScopes(
  kill: { scopes: readonly string[]; includeLegacy: boolean } | null,
): Answer<KillPreviewResponse[]> {
  const { rest, inspectorPath } = useStudioData();
  const bodies: KillPreviewBody[] = (kill?.scopes ?? []).map((scope) => ({
    scope,
    includeLegacy: kill?.includeLegacy === true,
  }));
  return useQuery<KillPreviewResponse[], RestError>({
    queryKey: ['left-in-scopes', bodies],
    enabled: kill !== null,
    refetchInterval: 2 * MOVING_MS,
    queryFn: ({ signal }) =>
      Promise.all(
        bodies.map((body) =>
          rest<KillPreviewResponse>(inspectorPath('/kill-switch/preview'), { method: 'POST', body, signal }),
        ),
      ),
  });
}

/** Reads the first picture with one call and gives its parts to the hooks that ask for them singly. */
export function useFirstPicture(): Answer<DashboardResponse> {
  const { queries, answerTimes, follower } = useStudioData();
  const dashboard = useDashboard();
  const { data } = dashboard;
  useEffect(() => {
    if (data === undefined) return;
    const newest = data.auditTail[0];
    if (newest !== undefined) follower.seen(newest.seq);
    if (queries.getQueryData(queryKeys.governor) !== undefined) return;
    const from = { updatedAt: answerTimes.askedAt(hashKey(queryKeys.dashboard)) ?? Date.now() };
    queries.setQueryData([...queryKeys.kpi, 'all'], data.kpi, from);
    queries.setQueryData(queryKeys.governor, data.governor, from);
    queries.setQueryData(queryKeys.headroom, { count: data.limits.length, data: data.limits }, from);
  }, [data, queries, answerTimes, follower]);
  return dashboard;
}
