/** Account events of the bus: snapshots, balances, positions, margin, transfers, and gaps in their stream. */
import { publish, record } from '#audit/record.ts';
import type { AccountInput, AccountStartInput, StreamGapInput } from '#input.ts';
import { ensureSymbol } from '#market/symbol-inputs.ts';
import { applyAbsolute } from '#reconcile/absolute.ts';
import { askVenue } from '#reconcile/ask.ts';
import { adoptVenuePositions, compareWithVenue } from '#reconcile/compare.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import { accountOf } from './accounts.ts';
import { applyBalances, applyTransfer, publishMargin } from './balances.ts';
import { readEquity } from './equity.ts';
import { takeSpotCosts } from './spot-cost.ts';

export function onAccountInput(engine: Engine, input: AccountInput): void {
  const account = accountOf(engine, input.connectorType, input.marketType, input.accountId);
  noteSeq(engine, account, input.seq);
  const { options, eventTime } = input;
  switch (input.eventType) {
    case 'snapshot':
      takeSpotCosts(engine, account, options.positions ?? []);
      applyBalances(engine, account, options, eventTime);
      compareWithVenue(engine, account, {
        positions: options.positions ?? [],
        orders: options.orders,
        time: eventTime,
      });
      break;
    case 'balance':
    case 'margin':
      applyBalances(engine, account, options, eventTime);
      break;
    case 'position':
      applyBalances(engine, account, options, eventTime);
      for (const position of options.positions ?? []) applyPosition(engine, account, position, eventTime);
      break;
    case 'transfer':
      applyTransfer(engine, account, options.amount ?? 0, options, eventTime);
      break;
  }
  readEquity(engine, account, true);
  publishMargin(engine, account);
}

function applyPosition(
  engine: Engine,
  account: Account,
  position: NonNullable<AccountInput['options']['positions']>[number],
  eventTime: number,
): void {
  const symbol = ensureSymbol(engine, account.connectorType, account.marketType, position.symbol);
  applyAbsolute(engine, account, symbol, position, eventTime);
}

/** The start of a replay or of the paper venue: positions are legacy and the account counts as reconciled. */
export function onAccountStart(engine: Engine, input: AccountStartInput): void {
  const account = accountOf(engine, input.connectorType, input.marketType, input.accountId);
  applyBalances(engine, account, { walletBalance: input.walletBalance }, Number.NEGATIVE_INFINITY);
  adoptVenuePositions(engine, account, input.positions);
  readEquity(engine, account, true);
}

/** `seq` counts by 1 per account stream: a jump means that account events are missing. */
export function noteSeq(engine: Engine, account: Account, seq: number | undefined): void {
  if (seq === undefined || !Number.isFinite(seq)) return;
  const expected = account.lastSeq + 1;
  if (!Number.isNaN(expected) && seq > expected) reportGap(engine, account, expected, seq);
  if (!(seq <= account.lastSeq)) account.lastSeq = seq;
}

/** The bus itself says that events may be missing. One that is in doubt already is asked for already. */
export function onStreamGap(engine: Engine, { accountKey, reason }: StreamGapInput): void {
  for (const account of engine.accounts) {
    if (account.streamGap || (accountKey !== undefined && account.key !== accountKey)) continue;
    beginGap(engine, account, { message: `Account events of ${account.key} may be missing: ${reason}.`, numbers: {} });
  }
}

function reportGap(engine: Engine, account: Account, expectedSeq: number, seenSeq: number): void {
  const message = `Account events of ${account.key} are missing: ${seenSeq} came where ${expectedSeq} was due.`;
  beginGap(engine, account, { message, numbers: { expectedSeq, seenSeq } });
}

interface Gap {
  message: string;
  numbers: { expectedSeq?: number; seenSeq?: number };
}

function beginGap(engine: Engine, account: Account, { message, numbers }: Gap): void {
  const payload = { symbol: '', accountKey: account.key, channel: 'account', ...numbers };
  record(engine, 'DATA_GAP', { code: 'DATA_GAP', severity: 'warn', accountKey: account.key, message, data: payload });
  publish(engine, 'INSPECTOR_DATA_GAP_DETECTED', payload);
  if (account.streamGap) return;
  account.streamGap = true;
  askVenue(engine, account.index, 'stream-gap');
}
