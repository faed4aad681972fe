import type { AuditRecord, Envelope, EventType } from '@inspector/contract';
import { hashKey } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useStore } from '#stores/store.ts';
import type { TrailPicture } from './audit-trail.ts';
import type { Connection } from './connection.ts';
import { useStudioData } from './data-context.tsx';
import type { LivePrice } from './price-store.ts';

/** How the page stands to the server. */
export const useConnection = (): Connection => useStore(useStudioData().connection, (connection) => connection);

/**
 * A part of the live trail; the component renders again when that part is another one, at most ten times a second.
 * Without `same` the part must be a value or an array that `select` does not make anew each time.
 */
export const useTrail = <Part>(select: (trail: TrailPicture) => Part, same?: (a: Part, b: Part) => boolean): Part =>
  useStore(useStudioData().trail, select, same);

/** The newest `limit` records that pass, newest first. `passes` should be stable (`useCallback`, or a constant). */
export function useNewestRecords(passes: (record: AuditRecord) => boolean, limit: number): readonly AuditRecord[] {
  const select = useCallback(
    ({ records }: TrailPicture) => {
      const found: AuditRecord[] = [];
      for (let at = records.length - 1; at >= 0 && found.length < limit; at -= 1) {
        const record = records[at];
        if (record !== undefined && passes(record)) found.push(record);
      }
      return found;
    },
    [passes, limit],
  );
  return useTrail(select, sameRecords);
}

const sameRecords = (a: readonly AuditRecord[], b: readonly AuditRecord[]): boolean =>
  a.length === b.length && a[0]?.seq === b[0]?.seq && a.at(-1)?.seq === b.at(-1)?.seq;

/** The mark price of a symbol key as it moves, undefined while none has come; then REST's is the newest. */
export function useLivePrice(symbolKey: string): LivePrice | undefined {
  const { prices, channel } = useStudioData();
  useEffect(() => channel.want('PROVIDER_SYMBOL_PRICES'), [channel]);
  const subscribe = useCallback((listener: () => void) => prices.subscribe(symbolKey, listener), [prices, symbolKey]);
  return useSyncExternalStore(subscribe, () => prices.get(symbolKey));
}

/** Hears events of one type, each once. Market data come only while somebody listens. */
export function useLiveEvent<Type extends EventType>(type: Type, hear: (envelope: Envelope<Type>) => void): void {
  const { onEvent, channel } = useStudioData();
  const newest = useRef(hear);
  useEffect(() => {
    newest.current = hear;
  });
  useEffect(() => {
    const isMarketData = type.startsWith('PROVIDER_MARKETDATA') || type === 'PROVIDER_SYMBOL_PRICES';
    const release = isMarketData ? channel.want(type) : () => {};
    const end = onEvent((envelope) => {
      if (envelope.type === type) newest.current(envelope as Envelope<Type>);
    });
    return () => {
      end();
      release();
    };
  }, [type, onEvent, channel]);
}

/** The server's clock, moving every `everyMs`: what lasts and what is due is counted by it, not by the browser's. */
export function useServerNow(everyMs = 1_000): number {
  const { clock } = useStudioData();
  const [now, setNow] = useState(clock.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), everyMs);
    return () => clearInterval(timer);
  }, [clock, everyMs]);
  return now;
}

/** How old figures are is looked at this often. */
const AGE_LOOK_MS = 500;

/**
 * From when the answer is that a query shows, by the browser's clock, once it is too old to be shown as true; null before. Other
 * queries may be answered meanwhile, so the connection alone does not say it.
 */
export function useOldSince(queryKey: readonly string[]): number | null {
  const { answerTimes } = useStudioData();
  const queryHash = hashKey(queryKey);
  const [oldSince, setOldSince] = useState(() => answerTimes.oldSince(queryHash));
  useEffect(() => {
    const look = () => setOldSince(answerTimes.oldSince(queryHash));
    look();
    const timer = setInterval(look, AGE_LOOK_MS);
    return () => clearInterval(timer);
  }, [answerTimes, queryHash]);
  return oldSince;
}
