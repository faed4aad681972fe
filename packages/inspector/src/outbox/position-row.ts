import type { AuditRecordOf, ClosedPosition } from '@inspector/contract';
import { numberField, row, textField } from './line-protocol.ts';
import { positionsTable } from './tables.ts';

type Told = AuditRecordOf<'POSITION_OPENED' | 'POSITION_UPDATED' | 'POSITION_CLOSED'>;

/** A position as a record told it. A record of another version may lack any of it: what is not there is null. */
export function positionRow(record: Told, name: string, micros: number): string {
  const position = record.data as Partial<ClosedPosition>;
  const { protection } = position;
  const fields =
    name +
    textField('event', record.kind) +
    textField('code', record.code) +
    textField('position_id', record.positionId ?? position.positionId) +
    textField('account_key', record.accountKey ?? position.accountKey) +
    textField('symbol', record.symbol ?? position.symbol) +
    textField('side', position.side) +
    textField('ownership', position.ownership) +
    textField('status', position.status) +
    textField('source', position.source) +
    textField('detector_sysname', record.detectorSysname ?? position.detectorSysname) +
    numberField('quantity', position.quantity) +
    numberField('entry_price', position.entryPrice) +
    numberField('mark_price', position.markPrice) +
    numberField('notional_usd', position.notionalUsd) +
    numberField('leverage', position.leverage) +
    numberField('unrealized_pnl_usd', position.unrealizedPnlUsd) +
    numberField('unrealized_pnl_pct', position.unrealizedPnlPct) +
    numberField('realized_pnl_usd', position.realizedPnlUsd) +
    numberField('fees_usd', position.feesUsd) +
    numberField('exit_price', position.exitPrice) +
    numberField('stop_loss', position.stopLoss) +
    numberField('take_profit', position.takeProfit) +
    numberField('stop_distance_pct', position.stopDistancePct) +
    numberField('risk_usd', position.riskUsd) +
    textField('protection', protection?.state) +
    numberField('covered_quantity', protection?.coveredQuantity) +
    numberField('naked_quantity', protection?.nakedQuantity) +
    numberField('hold_seconds', position.holdSeconds);
  return row(positionsTable.name, fields, micros);
}
