/** The last line of a replay: what its records come to. */
import type { AuditRecord } from '@inspector/contract';
import { type Engine, picture, stateHash } from '@inspector/engine';

export interface ReplaySummary {
  /** Input lines read. */
  events: number;
  decisions: { ALLOW: number; BLOCK: number; THROTTLE: number };
  /** Trips by code. */
  breaches: Record<string, number>;
  /** Positions that went flat. */
  closedTrades: number;
  /** Of those positions, net of fees. */
  realizedPnlUsd: number;
  /** The worst of any day of any account. */
  maxDrawdownPct: number;
  stateHash: string;
}

export interface SummaryFold {
  add(record: AuditRecord): void;
  finish(engine: Engine, events: number): ReplaySummary;
}

export function createSummary(): SummaryFold {
  const decisions = { ALLOW: 0, BLOCK: 0, THROTTLE: 0 };
  const breaches: Record<string, number> = {};
  let closedTrades = 0;
  let realizedPnlUsd = 0;
  let maxDrawdownPct = 0;

  return {
    add(record) {
      const data = record.data as Record<string, unknown>;
      switch (record.kind) {
        case 'REQUEST_DECIDED':
          if (isDecision(data.decision)) decisions[data.decision]++;
          break;
        case 'LIMIT_BREACHED':
          breaches[record.code] = (breaches[record.code] ?? 0) + 1;
          break;
        case 'POSITION_CLOSED':
          closedTrades++;
          realizedPnlUsd += finiteOr0(data.realizedPnlUsd);
          break;
        case 'DAY_ROLLED':
          maxDrawdownPct = Math.max(maxDrawdownPct, finiteOr0(data.maxDrawdownPct));
          break;
        default:
      }
    },
    finish(engine, events) {
      for (const kpi of Object.values(picture(engine).accounts)) {
        maxDrawdownPct = Math.max(maxDrawdownPct, finiteOr0(kpi.maxDrawdownPct));
      }
      const hash = stateHash(engine);
      return { events, decisions, breaches, closedTrades, realizedPnlUsd, maxDrawdownPct, stateHash: hash };
    },
  };
}

function isDecision(value: unknown): value is 'ALLOW' | 'BLOCK' | 'THROTTLE' {
  return value === 'ALLOW' || value === 'BLOCK' || value === 'THROTTLE';
}

function finiteOr0(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
