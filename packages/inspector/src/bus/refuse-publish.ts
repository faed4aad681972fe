import { type Envelope, type EventSource, isEventType, mayPublish } from '@inspector/contract';
import { type BusError, busError } from './bus-error.ts';

/** Why a publisher may not publish that, whatever the bus; null when it may. */
export function refusePublish(publisher: EventSource, { type, source }: Envelope): BusError | null {
  if (!isEventType(type)) return busError('TYPE_UNKNOWN', `there is no event type ${type}`);
  if (source !== publisher || !mayPublish(publisher, type)) {
    return busError('SOURCE_MISMATCH', `${publisher} may not publish ${type} with source ${source}`);
  }
  return null;
}
