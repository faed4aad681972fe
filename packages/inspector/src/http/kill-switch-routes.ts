import {
  AcceptedSchema,
  IncidentParamsSchema,
  IncidentResponseSchema,
  KillPreviewBodySchema,
  KillPreviewResponseSchema,
  KillRearmBodySchema,
  KillTriggerBodySchema,
  KillTriggerResponseSchema,
} from '@inspector/contract';
import { requestError } from '@inspector/service';
import { acceptCommand, answerCommand } from './command.ts';
import { incidentReport } from './incident-report.ts';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

type KillPorts = Pick<HttpPorts, 'ask' | 'picture' | 'views' | 'journal' | 'killPreview'>;

/** Preview, trigger, re-arm and report of the kill switch. */
export const killSwitchRoutes: AddRoutes<KillPorts> = (app, ports) => {
  const { ask, killPreview } = ports;
  const tags = ['kill-switch'];
  const operator = { role: 'operator' as const };

  app.post(
    '/kill-switch/preview',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'What a trigger would cancel and close now, and its cost from the live book',
        body: KillPreviewBodySchema,
        response: { 200: KillPreviewResponseSchema },
      },
    },
    (request) => killPreview(request.body),
  );

  app.post(
    '/kill-switch/trigger',
    {
      config: operator,
      schema: {
        tags,
        summary: 'Starts the verified kill; again: the incident that runs',
        body: KillTriggerBodySchema,
        response: { 202: KillTriggerResponseSchema },
      },
    },
    (request, reply) =>
      answerCommand(ask, { command: 'kill-switch/trigger', fields: request.body }, { request, reply }),
  );

  app.post(
    '/kill-switch/rearm',
    {
      config: operator,
      schema: {
        tags,
        summary: 'Lets entries in again, only after the venue showed flat',
        body: KillRearmBodySchema,
        response: { 200: AcceptedSchema },
      },
    },
    (request, reply) =>
      acceptCommand(ports, { command: 'kill-switch/rearm', fields: request.body }, { request, reply }),
  );

  app.get(
    '/kill-switch/incidents/:id',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: "Timeline, latencies, the venue's proof, and the audit range with its SHA-256; `latest` is the newest",
        params: IncidentParamsSchema,
        response: { 200: IncidentResponseSchema },
      },
    },
    async (request) => {
      const report = await incidentReport(request.params.id, ports);
      if (report === undefined) throw requestError('INCIDENT_UNKNOWN');
      return report;
    },
  );
};
