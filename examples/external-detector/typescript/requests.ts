import type { Settings } from './settings.ts';
import type { Turn } from './turns.ts';

/** Percent of the account's equity that an entry asks for. */
const SIZE_PERCENT = 1;
const STOP_PERCENT = 0.4;
/** More than twice the way to the stop, which is what the default limits want at least. */
const TARGET_PERCENT = 1;

type Market = Pick<Settings, 'connectorType' | 'marketType' | 'detectorSysname'>;

/** Payload of `DETECTOR_POSITION_OPEN_REQUEST`, and the `request` of `risk/check`. */
export function openRequest(turn: Turn, price: number, { connectorType, marketType, detectorSysname }: Market) {
  const direction = turn.side === 'LONG' ? 1 : -1;
  return {
    requestId: turn.requestId,
    connectorType,
    marketType,
    symbol: { name: turn.symbol },
    side: turn.side,
    sizePercent: SIZE_PERCENT,
    // Inspector rounds both to the venue's ticks.
    stopLoss: price * (1 - (direction * STOP_PERCENT) / 100),
    takeProfit: price * (1 + (direction * TARGET_PERCENT) / 100),
    detectorSysname,
    expiresAt: turn.endsAt,
  };
}

/** Payload of `DETECTOR_POSITION_CLOSE_REQUEST`. Without a position it is decided NO_POSITION and does nothing. */
export function closeRequest(turn: Turn, { connectorType, marketType, detectorSysname }: Market) {
  return {
    requestId: turn.requestId,
    connectorType,
    marketType,
    symbol: { name: turn.symbol },
    side: turn.side,
    detectorSysname,
  };
}
