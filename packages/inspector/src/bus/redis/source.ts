import type { Entry } from './entries.ts';
import type { StreamFacts } from './stream-facts.ts';
import type { StreamPlan } from './stream-plan.ts';
import type { StreamState } from './stream-state.ts';

/** How a subscription reads: through a group that Redis keeps, or by itself. */
export interface Source {
  /** Before anything else, and again after an interruption. `superseded`: another reader took over, nothing may be read. */
  enter(isStart: boolean): Promise<'entered' | 'superseded'>;
  facts(names: readonly string[]): Promise<StreamFacts[]>;
  /** Does what the plan says at the server. */
  place(name: string, facts: StreamFacts, plan: StreamPlan): Promise<void>;
  /** What comes within `blockMs`, at most `count` entries of each stream; a stream whose history is through is made `live`. */
  read(streams: readonly StreamState[], count: number, blockMs: number): Promise<Entry<StreamState>[][]>;
  /** Takes over what consumers that went away hold, and moves streams on that waited for it. */
  claim(streams: readonly StreamState[]): Promise<Entry<StreamState>[][]>;
  acknowledge(ids: ReadonlyMap<string, readonly string[]>): Promise<void>;
}
