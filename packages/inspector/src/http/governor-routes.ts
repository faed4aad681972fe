import { AcceptedSchema, GovernorStateSchema, RearmBodySchema } from '@inspector/contract';
import { acceptCommand } from './command.ts';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

/** The strongest action in force, and the end of a limit's lock by hand. */
export const governorRoutes: AddRoutes<Pick<HttpPorts, 'ask' | 'picture' | 'journal'>> = (app, ports) => {
  const tags = ['governor'];

  app.get(
    '/governor/state',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'Action in force, locks, kill switch, cooldowns',
        response: { 200: GovernorStateSchema },
      },
    },
    () => ports.picture().governor,
  );

  app.post(
    '/governor/rearm',
    {
      config: { role: 'operator' },
      schema: { tags, summary: "Ends a limit's lock", body: RearmBodySchema, response: { 200: AcceptedSchema } },
    },
    (request, reply) => acceptCommand(ports, { command: 'rearm', fields: request.body }, { request, reply }),
  );
};
