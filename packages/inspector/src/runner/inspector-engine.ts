import {
  createEngine,
  type Engine,
  nextTimer,
  picture,
  restoreEngine,
  snapshotEngine,
  stateHash,
  step,
} from '@inspector/engine';
import type { EngineCore } from './engine-core.ts';

export const inspectorEngine: EngineCore<Engine> = {
  create: createEngine,
  step,
  nextTimer,
  picture,
  snapshot: snapshotEngine,
  restore: restoreEngine,
  hash: stateHash,
  lastSeq: (engine) => engine.lastSeq,
};
