/** Fires due timers: each at its own due time, which is the time of what it writes. */
import { onBalanceHoldTimer } from './account/balances.ts';
import { onEquityUnknownTimer } from './account/equity.ts';
import { onFreshnessTimer } from './account/revalue.ts';
import { onCloseAllPollTimer } from './kill/close-all.ts';
import { onKillDeadlineTimer, onKillPollTimer } from './kill/kill-switch.ts';
import { onLeaseExpiryTimer } from './lease/lease.ts';
import { onLockExpiryTimer } from './limits/locks.ts';
import { onReminderTimer } from './limits/trip.ts';
import { onRegimeCalmTimer } from './market/condition.ts';
import { onSilenceTimer } from './market/gaps.ts';
import { onStressEndTimer } from './market/stress.ts';
import { traceIdOf } from './number/hash.ts';
import { onOrderExpiryTimer } from './orders/cancel.ts';
import { onOrderQueryTimer } from './orders/unknown.ts';
import { onCloseDeferralTimer, onCloseRetryTimer, onHoldTimer } from './positions/close.ts';
import { onProtectionRetryTimer } from './protection/confirmations.ts';
import { onNakedTimer } from './protection/naked.ts';
import { onReplaceTimer } from './protection/protect.ts';
import { onSoftwareExitTimer } from './protection/software-exit.ts';
import { onFlatAttributionTimer } from './reconcile/absolute.ts';
import { onDifferenceTimer } from './reconcile/compare.ts';
import type { Engine } from './state/engine.ts';
import { popTimer, timerKinds } from './state/timers.ts';

/** Trace of records that a timer wrote and that belong to no request, position or event. */
export const TIMER_TRACE = traceIdOf('timer');

type Handler = (engine: Engine, target: number, due: number) => void;

const handlers: Record<number, Handler> = {
  [timerKinds.freshness]: onFreshnessTimer,
  [timerKinds.silence]: onSilenceTimer,
  [timerKinds.equityUnknown]: onEquityUnknownTimer,
  [timerKinds.lockExpiry]: onLockExpiryTimer,
  [timerKinds.orderExpiry]: onOrderExpiryTimer,
  [timerKinds.holdTime]: onHoldTimer,
  [timerKinds.replaceStop]: onReplaceTimer,
  [timerKinds.naked]: onNakedTimer,
  [timerKinds.softwareExit]: onSoftwareExitTimer,
  [timerKinds.closeDeferral]: onCloseDeferralTimer,
  [timerKinds.closeRetry]: onCloseRetryTimer,
  [timerKinds.killDeadline]: onKillDeadlineTimer,
  [timerKinds.killPoll]: onKillPollTimer,
  [timerKinds.leaseExpiry]: onLeaseExpiryTimer,
  [timerKinds.balanceHold]: onBalanceHoldTimer,
  [timerKinds.reminder]: onReminderTimer,
  [timerKinds.stressEnd]: onStressEndTimer,
  [timerKinds.orderQuery]: onOrderQueryTimer,
  [timerKinds.differenceCheck]: onDifferenceTimer,
  [timerKinds.flatAttribution]: onFlatAttributionTimer,
  [timerKinds.regimeCalm]: onRegimeCalmTimer,
  [timerKinds.protectionRetry]: onProtectionRetryTimer,
  [timerKinds.closeAllPoll]: onCloseAllPollTimer,
};

/** Everything due at or before `until.now`, in order of due time and then of arming. */
export function fireTimers(engine: Engine, until: { now: number }): void {
  const { timers } = engine;
  while (timers.count > 0 && timers.due[0]! <= until.now) {
    const due = timers.due[0]!;
    const kind = timers.kind[0]!;
    const target = timers.target[0]!;
    popTimer(timers);
    if (due > engine.now) engine.now = due;
    // What a timer does belongs to no input; only handlers that write need a trace, and most do not write.
    engine.cause.causationId = null;
    engine.cause.traceId = TIMER_TRACE;
    handlers[kind]!(engine, target, due);
  }
}
