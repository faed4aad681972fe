import { createContext, type ReactNode, useContext } from 'react';
import { useServerNow } from '#data/index.ts';

const MomentContext = createContext<number | null>(null);

/** One clock for all that ticks below, so that it ticks together. */
export function MomentProvider({ children }: { children: ReactNode }) {
  return <MomentContext value={useServerNow()}>{children}</MomentContext>;
}

/** The server's time, moving every second. */
export function useMoment(): number {
  const moment = useContext(MomentContext);
  if (moment === null) throw new Error('used outside of MomentProvider');
  return moment;
}
