/** The pure core: `step` turns inputs into records and effects. See ARCHITECTURE.md, "The engine". */

export { UTC, type ZoneTable } from './calendar/zone-table.ts';
export { judgeOpen } from './decisions/decide-open.ts';
export type * from './input.ts';
export { killPreview } from './kill/preview.ts';
export type * from './output.ts';
export type * from './picture.ts';
export { createEngine, type Engine, type EngineConfig } from './state/engine.ts';
export { accountKeyOf, symbolCount, symbolIdOf, symbolKeyOf } from './state/keys.ts';
export { restoreEngine, snapshotEngine, stateHash } from './state/snapshot.ts';
export { nextTimer } from './state/timers.ts';
export { step } from './step.ts';
export { picture } from './views/picture.ts';
