/** The read-only picture that REST and /ws serve from. Made between steps; shares no object with the state. */
import type { AccountExposure, LiquiditySnapshot, PriceSnapshot } from '@inspector/contract';
import { exposureUsd } from '#account/equity.ts';
import { known } from '#audit/record.ts';
import { availableBalance } from '#decisions/entry.ts';
import { exposurePct } from '#limits/equity-limits.ts';
import { governorState } from '#limits/governor.ts';
import { topDepthUsd } from '#market/condition.ts';
import { spreadPercent } from '#market/valuation.ts';
import type { IdempotencyStats, IncidentState, Picture, ReservationStats } from '#picture.ts';
import { openOrReservedSymbols } from '#rules/position-count.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine, Incident } from '#state/engine.ts';
import { MAX_REQUEST_IDS } from '#state/request-log.ts';
import { priceSourceNames } from '#state/symbols.ts';
import { headroomOf } from './headroom.ts';
import { kpiOf, kpiOfAll } from './kpi.ts';
import { positionState } from './position-state.ts';

export function picture(engine: Engine): Picture {
  const open = [...engine.positions.values()].filter((position) => position.status !== 'closed');
  return {
    seq: engine.lastSeq,
    timestamp: engine.now,
    options: engine.options,
    optionsVersion: engine.optionsVersion,
    kpi: kpiOfAll(engine),
    accounts: byKey(engine, (account) => kpiOf(engine, account)),
    positions: open.map((position) => positionState(engine, position)),
    governor: governorState(engine),
    headroom: headroomOf(engine),
    exposure: byKey(engine, (account) => exposureOf(engine, account)),
    prices: bySymbol(engine, (symbol) => priceOf(engine, symbol)),
    liquidity: bySymbol(engine, (symbol) => liquidityOf(engine, symbol)),
    reconciliation: engine.accounts.map((account) => ({
      accountKey: account.key,
      reconciled: account.reconciled && account.differences.size === 0,
      streamGap: account.streamGap,
      lastAt: known(account.lastReconciledAt),
      lastOk: account.lastReconcileOk,
      differences: [...account.differences.values()].map(({ detail }) => detail),
      repaired: account.lastRepairs,
    })),
    reservations: reservationsOf(engine),
    idempotency: idempotencyOf(engine),
    leases: [...engine.leases.values()].map(({ detectorSysname, ttlMs, onExpiry, expiresAt, expired }) => ({
      detectorSysname,
      ttlMs,
      onExpiry,
      expiresAt,
      expired,
    })),
    incidents: engine.incidents.map(incidentState),
  };
}

function byKey<T>(engine: Engine, of: (account: Account) => T): Record<string, T> {
  return Object.fromEntries(engine.accounts.map((account) => [account.key, of(account)]));
}

function bySymbol<T>(engine: Engine, of: (symbol: number) => T): Record<string, T> {
  return Object.fromEntries(engine.symbols.keys.map((key, symbol) => [key, of(symbol)]));
}

function exposureOf(engine: Engine, account: Account): AccountExposure {
  const { table } = engine;
  let net = 0;
  for (const serial of account.positions.values()) {
    const { slot } = engine.positions.get(serial)!;
    net += table.direction[slot]! * table.quantity[slot]! * table.price[slot]!;
  }
  return {
    accountKey: account.key,
    equityUsd: known(account.equity),
    walletBalanceUsd: known(account.walletBalance),
    availableBalanceUsd: known(availableBalance(engine, account)),
    marginRatio: known(account.marginRatio),
    openPositions: account.positions.size,
    reservedPositions: openOrReservedSymbols(engine, account).size - account.positions.size,
    grossNotionalUsd: exposureUsd(account),
    netNotionalUsd: net,
    reservedNotionalUsd: account.reservedNotional,
    exposurePct: account.equity > 0 ? known(exposurePct(account)) : null,
    maxExposurePct: engine.accountSettings[account.index]!.maxPortfolioExposurePercent,
  };
}

function placeOf(engine: Engine, symbol: number) {
  const { symbols } = engine;
  return {
    symbol: symbols.names[symbol]!,
    connectorType: symbols.connectorTypes[symbol]!,
    marketType: symbols.marketTypes[symbol]!,
  };
}

function priceOf(engine: Engine, symbol: number): PriceSnapshot {
  const { symbols } = engine;
  const source = symbols.source[symbol]!;
  const ageMs = engine.now - symbols.priceTime[symbol]!;
  return {
    ...placeOf(engine, symbol),
    price: known(symbols.price[symbol]!),
    source: source === 0 ? null : priceSourceNames[source]!,
    bestBid: known(symbols.bid[symbol]!),
    bestAsk: known(symbols.ask[symbol]!),
    ts: known(symbols.priceTime[symbol]!),
    ageMs: known(ageMs),
    stale: !(ageMs <= symbols.staleMs[symbol]!),
  };
}

function liquidityOf(engine: Engine, symbol: number): LiquiditySnapshot {
  const { symbols } = engine;
  const bid = symbols.bid[symbol]! * symbols.bidVolume[symbol]!;
  const ask = symbols.ask[symbol]! * symbols.askVolume[symbol]!;
  return {
    ...placeOf(engine, symbol),
    bestBid: known(symbols.bid[symbol]!),
    bestAsk: known(symbols.ask[symbol]!),
    spreadPct: known(spreadPercent(symbols, symbol)),
    topDepthUsd: known(topDepthUsd(engine, symbol)),
    imbalance: known((bid - ask) / (bid + ask)),
    ts: known(symbols.bookTime[symbol]!),
  };
}

function reservationsOf(engine: Engine): ReservationStats {
  const data: ReservationStats['data'] = [];
  for (const account of engine.accounts) {
    for (const id of account.reservations) {
      const order = engine.orders.get(id)!;
      data.push({
        requestId: order.requestId ?? '',
        accountKey: account.key,
        symbol: order.order.symbol.name,
        side: order.order.side === 'BUY' ? 'LONG' : 'SHORT',
        quantity: order.reservedQuantity,
        notionalUsd: order.reservedQuantity * order.price,
        since: order.sentAt,
      });
    }
  }
  const sum = (of: (account: Account) => number) => engine.accounts.reduce((total, account) => total + of(account), 0);
  return {
    count: data.length,
    notionalUsd: sum((account) => account.reservedNotional),
    marginUsd: sum((account) => account.reservedMargin),
    data,
  };
}

function idempotencyOf(engine: Engine): IdempotencyStats {
  const intents: Record<string, number> = {};
  for (const { order } of engine.orders.values()) intents[order.status] = (intents[order.status] ?? 0) + 1;
  return {
    requestIds: engine.requests.decided.size,
    requestIdsLimit: MAX_REQUEST_IDS,
    duplicates: engine.requests.duplicates,
    intents,
  };
}

function incidentState(incident: Incident): IncidentState {
  const { incidentId, phase, includeLegacy, actor, reason, triggeredAt, verifiedAt, rearmedAt } = incident;
  const { proof, estimatedCostUsd, realizedCostUsd, fromSeq, toSeq } = incident;
  return {
    incidentId,
    phase,
    scopes: [...incident.scopes],
    includeLegacy,
    actor,
    reason,
    triggeredAt,
    verifiedAt,
    rearmedAt,
    timeline: incident.timeline.map((step) => ({ ...step })),
    proof,
    estimatedCostUsd,
    realizedCostUsd,
    fromSeq,
    toSeq,
  };
}
