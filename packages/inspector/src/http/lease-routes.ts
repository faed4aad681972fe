import { AcceptedSchema, LeaseBodySchema, LeaseParamsSchema, LeaseStateSchema } from '@inspector/contract';
import { acceptCommand, answerCommand } from './command.ts';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

/** The dead-man lease of a detector. */
export const leaseRoutes: AddRoutes<Pick<HttpPorts, 'ask' | 'journal'>> = (app, ports) => {
  const config = { role: 'trader' as const };
  const common = { tags: ['lease'], params: LeaseParamsSchema };

  app.post(
    '/lease/:detectorSysname',
    {
      config,
      schema: {
        ...common,
        summary: 'Takes or renews a lease; without renewal the detector may not open any more',
        body: LeaseBodySchema,
        response: { 200: LeaseStateSchema },
      },
    },
    (request, reply) => {
      const fields = { ...request.body, ...request.params };
      return answerCommand(ports.ask, { command: 'lease', fields }, { request, reply });
    },
  );

  app.delete(
    '/lease/:detectorSysname',
    { config, schema: { ...common, summary: 'Gives the lease back', response: { 200: AcceptedSchema } } },
    (request, reply) => acceptCommand(ports, { command: 'lease/release', fields: request.params }, { request, reply }),
  );
};
