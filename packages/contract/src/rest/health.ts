import Type from 'typebox';
import { ConnectorType, MarketType, Nullable, TimeMs } from '#scalars.ts';
import { RecordData } from './call-fields.ts';

export const ConnectorHealthSchema = Type.Object(
  {
    connectorType: ConnectorType,
    marketType: MarketType,
    ok: Type.Boolean(),
    lastEventAt: Nullable(Type.Number(), 'Last event received, ms since 1970.'),
    lagMs: Nullable(Type.Number(), "Receive time less the event's own time."),
    reason: Type.Optional(Type.String({ description: 'Why it is not ok.' })),
  },
  { title: 'ConnectorHealth' },
);
export type ConnectorHealth = Type.Static<typeof ConnectorHealthSchema>;

/** `ok` speaks of process, store, bus and connectors; a lock or a kill latch does not change it. */
export const InspectorHealthSchema = Type.Object(
  {
    ok: Type.Boolean(),
    ready: Type.Boolean({ description: 'Entries can be decided.' }),
    degraded: Type.Boolean({ description: 'Works with something missing.' }),
    startupReasons: Type.Array(Type.String(), { description: 'What start-up still waits for.' }),
    hasOptions: Type.Boolean({ description: 'Options are in force.' }),
    connectors: Type.Array(ConnectorHealthSchema),
    timestamp: TimeMs('When it was asked.'),
  },
  { title: 'InspectorHealth', description: '200 when `ok`, 503 otherwise.' },
);
export type InspectorHealth = Type.Static<typeof InspectorHealthSchema>;

export const NodeHealthSchema = Type.Object(
  {
    name: Type.String({ description: 'Part of the service: journal, bus, provider, runner …' }),
    state: Type.Enum(['ok', 'degraded', 'down', 'off']),
    reason: Type.Optional(Type.String()),
    since: Type.Optional(TimeMs('Since when.')),
    data: Type.Optional(RecordData('Figures of the part.')),
  },
  { title: 'NodeHealth' },
);
export type NodeHealth = Type.Static<typeof NodeHealthSchema>;

export const SystemStateSchema = Type.Object(
  {
    health: Type.Object({
      state: Type.Enum(['ok', 'degraded', 'blocked']),
      degradedReasons: Type.Array(Type.String()),
      blockedReasons: Type.Array(Type.String()),
    }),
    systemState: RecordData('Action in force, locks, kill switch, accounts, versions.'),
    runtimeConfig: RecordData('Effective configuration without secrets.'),
  },
  { title: 'SystemState' },
);
export type SystemState = Type.Static<typeof SystemStateSchema>;

const samples = Type.Object({
  count: Type.Integer({ minimum: 0 }),
  p50Ms: Nullable(Type.Number()),
  p99Ms: Nullable(Type.Number()),
  maxMs: Nullable(Type.Number()),
});

export const EventBusLatencySchema = Type.Object(
  {
    timestamp: TimeMs('When it was asked.'),
    byType: Type.Record(Type.String(), samples, { description: 'Receive time less publish time, by event type.' }),
  },
  { title: 'EventBusLatency' },
);
export type EventBusLatency = Type.Static<typeof EventBusLatencySchema>;
