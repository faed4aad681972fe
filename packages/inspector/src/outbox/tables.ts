export type ColumnType = 'TIMESTAMP' | 'LONG' | 'SYMBOL' | 'VARCHAR' | 'DOUBLE' | 'BOOLEAN';

/** A table of the analytical copy. Several Inspectors write to the same ones, told apart by `app_key`. */
export interface Table {
  name: string;
  columns: Readonly<Record<string, ColumnType>>;
  /** What makes two rows the same one: what is sent again replaces itself. */
  keys: readonly string[];
}

/** `ts` is the record's time, in microseconds in QuestDB; `seq` and `app_key` name the record. */
const ofRecord = { ts: 'TIMESTAMP', seq: 'LONG', app_key: 'SYMBOL' } as const;
const recordKeys = ['ts', 'seq', 'app_key'];

/** Every record whole. `data` is JSON text; `record` is set only where the columns alone could not give the record back. */
export const auditTable = {
  name: 'inspector_audit',
  columns: {
    ...ofRecord,
    epoch: 'LONG',
    kind: 'SYMBOL',
    code: 'SYMBOL',
    severity: 'SYMBOL',
    account_key: 'SYMBOL',
    symbol: 'SYMBOL',
    position_id: 'VARCHAR',
    request_id: 'VARCHAR',
    order_id: 'VARCHAR',
    detector_sysname: 'SYMBOL',
    trace_id: 'VARCHAR',
    causation_id: 'VARCHAR',
    actor: 'VARCHAR',
    message: 'VARCHAR',
    data: 'VARCHAR',
    record: 'VARCHAR',
  },
  keys: recordKeys,
} as const satisfies Table;

/** A row per REQUEST_DECIDED. `is_check`: of `risk/check`, nothing was reserved or sent. */
export const decisionsTable = {
  name: 'inspector_decisions',
  columns: {
    ...ofRecord,
    decision: 'SYMBOL',
    code: 'SYMBOL',
    account_key: 'SYMBOL',
    symbol: 'SYMBOL',
    side: 'SYMBOL',
    detector_sysname: 'SYMBOL',
    request_id: 'VARCHAR',
    is_exit: 'BOOLEAN',
    is_check: 'BOOLEAN',
    quantity: 'DOUBLE',
    price: 'DOUBLE',
    notional_usd: 'DOUBLE',
    stop_loss: 'DOUBLE',
    take_profit: 'DOUBLE',
    leverage: 'DOUBLE',
    risk_usd: 'DOUBLE',
    margin_usd: 'DOUBLE',
    sizing_method: 'SYMBOL',
    max_quantity: 'DOUBLE',
    equity_usd: 'DOUBLE',
    price_age_ms: 'DOUBLE',
    violations: 'LONG',
    violated: 'VARCHAR',
    governor_action: 'SYMBOL',
  },
  keys: recordKeys,
} as const satisfies Table;

/** A row per POSITION_OPENED, _UPDATED and _CLOSED, which `event` names; exit and result only of closed ones. */
export const positionsTable = {
  name: 'inspector_positions',
  columns: {
    ...ofRecord,
    event: 'SYMBOL',
    code: 'SYMBOL',
    position_id: 'VARCHAR',
    account_key: 'SYMBOL',
    symbol: 'SYMBOL',
    side: 'SYMBOL',
    ownership: 'SYMBOL',
    status: 'SYMBOL',
    source: 'SYMBOL',
    detector_sysname: 'SYMBOL',
    quantity: 'DOUBLE',
    entry_price: 'DOUBLE',
    mark_price: 'DOUBLE',
    notional_usd: 'DOUBLE',
    leverage: 'DOUBLE',
    unrealized_pnl_usd: 'DOUBLE',
    unrealized_pnl_pct: 'DOUBLE',
    realized_pnl_usd: 'DOUBLE',
    fees_usd: 'DOUBLE',
    exit_price: 'DOUBLE',
    stop_loss: 'DOUBLE',
    take_profit: 'DOUBLE',
    stop_distance_pct: 'DOUBLE',
    risk_usd: 'DOUBLE',
    protection: 'SYMBOL',
    covered_quantity: 'DOUBLE',
    naked_quantity: 'DOUBLE',
    hold_seconds: 'DOUBLE',
  },
  keys: recordKeys,
} as const satisfies Table;

/** A time series per account, sampled; there is no record behind it, so what QuestDB loses of it is gone. */
export const equityTable = {
  name: 'inspector_equity',
  columns: {
    ts: 'TIMESTAMP',
    app_key: 'SYMBOL',
    account_key: 'SYMBOL',
    equity_usd: 'DOUBLE',
    drawdown_pct: 'DOUBLE',
    daily_pnl_usd: 'DOUBLE',
    daily_pnl_pct: 'DOUBLE',
    gross_notional_usd: 'DOUBLE',
    exposure_pct: 'DOUBLE',
    margin_used_usd: 'DOUBLE',
    open_positions: 'LONG',
    governor_action: 'SYMBOL',
  },
  keys: ['ts', 'app_key', 'account_key'],
} as const satisfies Table;

/** Tables that are made from records: one that had to be made anew is filled again from the journal. */
export const recordTables: readonly Table[] = [auditTable, decisionsTable, positionsTable];
