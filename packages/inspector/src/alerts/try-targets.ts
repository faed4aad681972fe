import type { Clock } from '../runner/clock.ts';
import type { AlertMessage } from './alert-message.ts';
import type { Target } from './delivery/target.ts';
import type { NotifierKind, Sent } from './notifier.ts';

export interface TrialOutcome {
  target: string;
  kind: NotifierKind;
  place: string;
  outcome: Sent['outcome'];
  /** Why it was not delivered, in words. */
  reason?: string;
  tookMs: number;
}

/** Sends a test to every target at once. Who asks while one runs gets its answer: nobody can flood a chat with it. */
export function createTrial(targets: readonly Target[], clock: Clock): { run(): Promise<TrialOutcome[]> } {
  let running: Promise<TrialOutcome[]> | undefined;

  async function tryOne(target: Target): Promise<TrialOutcome> {
    const began = clock.elapsedMs();
    const sent = await target.sendNow(trialAlert(clock.now()));
    const { name, kind, place } = target.state();
    const why = sent.outcome === 'delivered' ? {} : { reason: sent.reason };
    return { target: name, kind, place, outcome: sent.outcome, ...why, tookMs: Math.round(clock.elapsedMs() - began) };
  }

  return {
    run() {
      running ??= Promise.all(targets.map(tryOne)).finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}

const trialAlert = (ts: number): AlertMessage => ({
  kind: 'test',
  seq: null,
  ts,
  severity: 'info',
  code: 'ALERTS_TEST',
  message: 'This is a test: alerts of this Inspector arrive here.',
  accountKey: null,
  symbol: null,
  positionId: null,
  reminder: false,
  data: {},
});
