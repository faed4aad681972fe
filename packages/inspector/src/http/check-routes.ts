import { type Decision, DecisionSchema, RiskCheckBodySchema } from '@inspector/contract';
import { resultOf } from './answer.ts';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

/** The pre-trade decision for a bot that sends its orders itself. */
export const checkRoutes: AddRoutes<Pick<HttpPorts, 'ask'>> = (app, { ask }) => {
  app.post(
    '/risk/check',
    {
      config: { role: 'trader' },
      schema: {
        tags: ['risk'],
        summary: 'Decides a request by all rules; reserves, counts and sends nothing',
        body: RiskCheckBodySchema,
        response: { 200: DecisionSchema },
      },
    },
    async (request, reply) => {
      const asked = request.body.request;
      const requestId = asked.requestId === undefined ? `check-${request.id}` : (asked.requestId as string);
      const actor = request.caller.name;
      const answer = await ask({ kind: 'check', now: 0, request: { ...asked, requestId }, actor });
      reply.statusCode = answer.status;
      return resultOf(answer) as Decision;
    },
  );
};
