import {
  AcceptedSchema,
  AdoptBodySchema,
  ClosePositionBodySchema,
  PositionParamsSchema,
  ProtectionBodySchema,
} from '@inspector/contract';
import { acceptCommand } from './command.ts';
import { optionalBody } from './optional-body.ts';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

/** A person's hand on one position. */
export const positionRoutes: AddRoutes<Pick<HttpPorts, 'ask' | 'journal'>> = (app, ports) => {
  const config = { role: 'operator' as const };
  const common = { tags: ['positions'], params: PositionParamsSchema, response: { 200: AcceptedSchema } };

  app.post(
    '/risk/positions/:positionId/adopt',
    {
      config,
      preValidation: optionalBody,
      schema: { ...common, summary: 'Makes a legacy position a runtime one', body: AdoptBodySchema },
    },
    (request, reply) => {
      const fields = { ...request.body, ...request.params };
      return acceptCommand(ports, { command: 'adopt', fields }, { request, reply });
    },
  );

  app.post(
    '/risk/positions/:positionId/close',
    {
      config,
      preValidation: optionalBody,
      schema: {
        ...common,
        summary: 'Closes at market now; 202, for the venue has to fill it',
        body: ClosePositionBodySchema,
        response: { 202: AcceptedSchema },
      },
    },
    (request, reply) => {
      const fields = { ...request.body, ...request.params };
      return acceptCommand(ports, { command: 'close', fields }, { request, reply });
    },
  );

  app.put(
    '/risk/positions/:positionId/protection',
    {
      config,
      schema: {
        ...common,
        summary: 'Sets stop or target by hand; a looser stop needs `force` and a reason',
        body: ProtectionBodySchema,
      },
    },
    (request, reply) => {
      const fields = { ...request.body, ...request.params };
      return acceptCommand(ports, { command: 'protection', fields }, { request, reply });
    },
  );
};
