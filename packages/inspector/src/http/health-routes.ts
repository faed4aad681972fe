import {
  EventBusLatencySchema,
  InspectorHealthSchema,
  listOf,
  NodeHealthSchema,
  RecordData,
} from '@inspector/contract';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

const NodesResponseSchema = listOf(NodeHealthSchema, 'The parts of the service.');
const RuntimeConfigSchema = RecordData('Effective configuration without secrets.');

/** Whether the service and its parts are well, for probes and for people. */
export const healthRoutes: AddRoutes<Pick<HttpPorts, 'health' | 'nodes' | 'busLatency' | 'configuration' | 'now'>> = (
  app,
  { health, nodes, busLatency, configuration, now },
) => {
  const config = { role: 'viewer' as const };
  const tags = ['health'];

  app.get(
    '/health',
    {
      config,
      schema: {
        tags,
        summary: 'Process, store, bus and connectors; 503 when not ok',
        response: { 200: InspectorHealthSchema, 503: InspectorHealthSchema },
      },
    },
    (_request, reply) => {
      const answer = health();
      reply.statusCode = answer.ok ? 200 : 503;
      return answer;
    },
  );

  app.get(
    '/health/nodes',
    { config, schema: { tags, summary: 'Each part with its reason', response: { 200: NodesResponseSchema } } },
    () => {
      const data = nodes();
      return { count: data.length, data };
    },
  );

  app.get(
    '/config/runtime',
    {
      config,
      schema: { tags, summary: 'Effective configuration, no secrets', response: { 200: RuntimeConfigSchema } },
    },
    () => ({ ...configuration }),
  );

  app.get(
    '/event-bus/latency',
    {
      config,
      schema: { tags, summary: 'From publishing to receipt, by event type', response: { 200: EventBusLatencySchema } },
    },
    () => ({ timestamp: now(), byType: busLatency() }),
  );
};
