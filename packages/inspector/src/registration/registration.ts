import type { RegisterAppBody } from '@inspector/contract';
import type { Clock } from '../runner/clock.ts';
import type { RunnerLog } from '../runner/runner-port.ts';
import { type FencedError, isFencedError, type RegistryClient } from './registry-client.ts';

/** A quarter of the time after which the Provider takes an application for inactive: three may be lost. */
const HEARTBEAT_EVERY_MS = 15_000;
/** While it is not registered it tries again so often. */
const RETRY_EVERY_MS = 2_000;

export interface RegistrationConfig {
  client: RegistryClient;
  app: RegisterAppBody;
  clock: Clock;
  log: RunnerLog;
  /** The Provider has seen a higher epoch: another instance has taken over. */
  onFenced?: (error: FencedError) => void;
}

export interface RegistrationState {
  registered: boolean;
  lastHeartbeatAt: number | null;
  /** Why it is not registered, or why the last heartbeat was lost. */
  reason?: string;
}

/** Keeps the Inspector in the Provider's registry: registers, shows that it lives, registers again when forgotten. */
export interface Registration {
  state(): RegistrationState;
  /** Resolves after the first call, of 3 s at most, whether the Provider answered or not; goes on until `stop`. */
  start(): Promise<void>;
  /** Registers once more, for what the Provider tells whoever does. */
  again(): void;
  /** Signs off; a Provider that does not answer is not waited for longer than one call takes. */
  stop(): Promise<void>;
}

export function createRegistration({ client, app, clock, log, onFenced }: RegistrationConfig): Registration {
  let state: RegistrationState = { registered: false, lastHeartbeatAt: null };
  let cancel: (() => void) | undefined;
  let stopped = false;
  let isBeating = false;
  let isAgain = false;

  async function beat(): Promise<void> {
    const before = state;
    isBeating = true;
    try {
      const isKept = state.registered && !isAgain;
      isAgain = false;
      const known = isKept && (await client.heartbeat(app.appKey));
      if (!known) await client.register(app);
      state = { registered: true, lastHeartbeatAt: clock.now() };
      if (!before.registered || (isKept && !known)) log.info({ appKey: app.appKey }, 'registered with the Provider');
    } catch (error) {
      if (isFencedError(error)) onFenced?.(error);
      const reason = error instanceof Error ? error.message : String(error);
      state = { ...state, registered: false, reason };
      if (before.reason !== reason) log.warn({ reason }, 'the Provider does not answer: not registered');
    }
    isBeating = false;
    if (stopped) return;
    const waitMs = state.registered ? HEARTBEAT_EVERY_MS : RETRY_EVERY_MS;
    cancel = clock.after(isAgain && state.registered ? 0 : waitMs, () => void beat());
  }

  return {
    state: () => state,
    start: beat,
    again() {
      isAgain = true;
      if (isBeating || stopped) return; // the next beat sees it
      cancel?.();
      void beat();
    },
    async stop() {
      stopped = true;
      cancel?.();
      if (!state.registered) return;
      await client.unregister(app.appKey).catch((error) => log.warn({ error: String(error) }, 'could not sign off'));
    },
  };
}
