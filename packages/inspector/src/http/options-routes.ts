import {
  diffOptions,
  type OptionsResponse,
  OptionsResponseSchema,
  PutOptionsBodySchema,
  PutOptionsQuerySchema,
} from '@inspector/contract';
import { requestError } from '@inspector/service';
import Type from 'typebox';
import { optionsInput } from '../ingest/options-input.ts';
import { actorOf, resultOf } from './answer.ts';
import { matchesVersion } from './if-match.ts';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

const ChangedOptionsSchema = Type.Object(
  {
    ...OptionsResponseSchema.properties,
    difference: Type.Array(
      Type.Object({
        path: Type.String(),
        before: Type.Optional(Type.Unknown()),
        after: Type.Optional(Type.Unknown()),
      }),
      {
        description: 'Every value that changes, with what it was.',
      },
    ),
  },
  { title: 'ChangedOptions', description: 'The options after the change; of a dry run: as they would be.' },
);

const etagOf = (version: number): string => `"${version}"`;

/** The effective options, and their change: validated as a whole, durable before it is answered. */
export const optionsRoutes: AddRoutes<Pick<HttpPorts, 'ask' | 'settings'>> = (app, { ask, settings }) => {
  const tags = ['options'];

  app.get(
    '/options',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'The effective options; ETag is their version',
        response: { 200: OptionsResponseSchema },
      },
    },
    (_request, reply) => {
      const { options, version } = settings();
      reply.header('etag', etagOf(version));
      return { options, version };
    },
  );

  app.put(
    '/options',
    {
      config: { role: 'admin' },
      schema: {
        tags,
        summary: 'Replaces the options or any part of them; `If-Match` guards against a change in between',
        querystring: PutOptionsQuerySchema,
        body: PutOptionsBodySchema,
        response: { 200: ChangedOptionsSchema },
      },
    },
    async (request, reply) => {
      const { options: patch, actor, reason } = request.body;
      const { options: current, version } = settings();
      if (!matchesVersion(request.headers['if-match'], version)) {
        throw requestError('OPTIONS_CONFLICT', `The options are at version ${version} now. Read them again.`, {
          headers: { etag: etagOf(version) },
        });
      }
      const change = optionsInput({
        now: 0,
        current,
        patch,
        actor: actorOf(request.caller, actor),
        ifVersion: version,
        ...(reason === undefined ? {} : { reason }),
      });
      if ('errors' in change) {
        const violations = change.errors.map(({ path, message }) => ({ path: `/options${path}`, message }));
        throw requestError('OPTIONS_INVALID', undefined, { violations });
      }
      const { input, warnings } = change;
      const difference = diffOptions(current, input.options);
      const said = { difference, ...(warnings.length === 0 ? {} : { warnings }) };
      if (request.query.dryRun === true) {
        reply.header('etag', etagOf(version));
        return { options: input.options, version, ...said };
      }
      const changed = resultOf(await ask(input)) as OptionsResponse;
      reply.header('etag', etagOf(changed.version));
      return { ...changed, ...said };
    },
  );
};
