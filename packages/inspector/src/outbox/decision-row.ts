import type { AuditRecordOf } from '@inspector/contract';
import { flagField, numberField, row, textField, wholeField } from './line-protocol.ts';
import { decisionsTable } from './tables.ts';

type Decided = AuditRecordOf<'REQUEST_DECIDED'>;

/** What was decided on a request. A record of another version may lack any of it: what is not there is null. */
export function decisionRow(record: Decided, name: string, micros: number): string {
  const data = record.data as Partial<Decided['data']>;
  const { sizing, inputs, request } = data;
  const violations = Array.isArray(data.violations) ? data.violations : [];
  const fields =
    name +
    textField('decision', data.decision) +
    textField('code', record.code) +
    textField('account_key', record.accountKey) +
    textField('symbol', record.symbol) +
    textField('side', request?.side) +
    textField('detector_sysname', record.detectorSysname) +
    textField('request_id', record.requestId) +
    flagField('is_exit', data.exit === true) +
    flagField('is_check', data.check === true) +
    numberField('quantity', sizing?.quantity) +
    numberField('price', sizing?.price ?? inputs?.price) +
    numberField('notional_usd', sizing?.notionalUsd) +
    numberField('stop_loss', sizing?.stopLoss) +
    numberField('take_profit', sizing?.takeProfit) +
    numberField('leverage', sizing?.leverage) +
    numberField('risk_usd', sizing?.riskUsd) +
    numberField('margin_usd', sizing?.marginUsd) +
    textField('sizing_method', sizing?.method) +
    numberField('max_quantity', data.maxQuantity) +
    numberField('equity_usd', inputs?.equityUsd) +
    numberField('price_age_ms', inputs?.priceAgeMs) +
    wholeField('violations', violations.length) +
    textField('violated', violations.length === 0 ? undefined : violations.map((each) => each?.code).join(' ')) +
    textField('governor_action', data.governor?.action);
  return row(decisionsTable.name, fields, micros);
}
