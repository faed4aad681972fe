import type { Options } from '@inspector/contract';
import type { EngineInput, Output, Picture, ZoneTable } from '@inspector/engine';

/** What the first engine of a data directory is made from; later ones come from its snapshots. */
export interface Genesis {
  options: Options;
  zone: ZoneTable;
  appKey: string;
}

/** The engine as the runner uses it. `inspectorEngine` is the real one; tests of the runner bring a small one. */
export interface EngineCore<E> {
  create(genesis: Genesis & { epoch: number }): E;
  step(engine: E, input: EngineInput): Output;
  /** When the engine wants a `clock` input at the latest; Infinity when it waits for nothing. */
  nextTimer(engine: E): number;
  picture(engine: E): Picture;
  /** Survives JSON. */
  snapshot(engine: E): unknown;
  restore(snapshot: unknown): E;
  /** Equal for engines that have been told the same. */
  hash(engine: E): string;
  lastSeq(engine: E): number;
}
