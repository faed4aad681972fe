import type { GovernorLock } from '@inspector/contract';

/** How a lock is ended by hand. */
export type LockEnd = 'stand-down' | 'rearm';

/** A stand-down is lifted by the switch that set it, every other lock is re-armed. */
export const lockEnd = ({ code }: Pick<GovernorLock, 'code'>): LockEnd =>
  code === 'STAND_DOWN_ACTIVE' ? 'stand-down' : 'rearm';

/** Only a drawdown is measured from something that a re-arm can move. */
export const needsBaseline = ({ code }: Pick<GovernorLock, 'code'>): boolean => code === 'DRAWDOWN';
