import { eventTable, isEventType } from '@inspector/contract';

/**
 * True for events that a full queue may drop: public prices, of which the next makes the last one old. A symbol list
 * travels with them but comes seldom, so it is kept like an account event.
 */
export function isMarketData(type: string): boolean {
  return isEventType(type) && eventTable[type].stream === 'market' && type !== 'PROVIDER_SYMBOLS';
}
