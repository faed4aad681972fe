/** An Inspector process. See `startInspector`; the folders' own indexes are for replay, drill and tests. */
export { type AlertsConfig, type AlertsResult, type AlertsSources, readAlerts } from './alerts/index.ts';
export * from './bus/index.ts';
export * from './effects/index.ts';
export * from './ingest/index.ts';
export type { Inspector, InspectorConfig, InspectorPorts, Replacement } from './inspector-port.ts';
export * from './journal/index.ts';
export { startInspector } from './main.ts';
export { type OptionsFileResult, readOptionsFile } from './options-file.ts';
export * from './runner/index.ts';
export { rangeHash } from './views/range-hash.ts';
