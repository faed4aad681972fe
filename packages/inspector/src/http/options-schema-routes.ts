import { hash } from 'node:crypto';
import {
  EarlierOptionsSchema,
  OptionsJsonSchemaSchema,
  OptionsVersionParamsSchema,
  OptionsVersionsQuerySchema,
  OptionsVersionsResponseSchema,
} from '@inspector/contract';
import { requestError } from '@inspector/service';
import type { FastifyReply } from 'fastify';
import { optionsOf, optionsVersions } from './options-history.ts';
import { optionsJsonSchema } from './options-json-schema.ts';
import type { HttpPorts } from './ports.ts';
import { type AddRoutes, JSON_TYPE } from './route.ts';

const schemaText = JSON.stringify(optionsJsonSchema);
const schemaTag = `"${hash('sha256', schemaText, 'base64url').slice(0, 22)}"`;

/** What the options may be, and what they were. */
export const optionsSchemaRoutes: AddRoutes<Pick<HttpPorts, 'journal' | 'picture' | 'settings'>> = (app, ports) => {
  const { journal, picture, settings } = ports;
  const config = { role: 'viewer' as const };
  const tags = ['options'];

  app.get(
    '/options/schema',
    {
      config,
      schema: {
        tags,
        summary: 'JSON Schema of the options, for an editor; 304 to `If-None-Match`',
        response: { 200: OptionsJsonSchemaSchema, 304: { description: 'It is the one that the caller has.' } },
      },
    },
    (request, reply) => {
      // The same until the service is another version: it may be kept, and is asked for again each time.
      reply.headers({ etag: schemaTag, 'cache-control': 'private, no-cache' });
      if (namesTag(request.headers['if-none-match'], schemaTag)) return void reply.code(304).send();
      return void sendText(reply, schemaText);
    },
  );

  app.get(
    '/options/versions',
    {
      config,
      schema: {
        tags,
        summary: 'Changes of the options, newest first',
        querystring: OptionsVersionsQuerySchema,
        response: { 200: OptionsVersionsResponseSchema },
      },
    },
    async (request) => {
      const { limit = 200, before } = request.query;
      const data = await optionsVersions(journal, settings().version, { limit, before });
      return { count: data.length, data };
    },
  );

  app.get(
    '/options/versions/:version',
    {
      config,
      schema: {
        tags,
        summary: 'The whole options of a version, rebuilt from the changes since then',
        description: '404 `OPTIONS_VERSION_UNKNOWN` where a change since then is no longer on record.',
        params: OptionsVersionParamsSchema,
        response: { 200: EarlierOptionsSchema },
      },
    },
    async (request) => {
      const { version } = request.params;
      const { options: inForce, optionsVersion } = picture();
      const known = { inForce: { options: inForce, version: optionsVersion }, newest: settings().version };
      const options = await optionsOf(journal, version, known);
      if (options === undefined) throw requestError('OPTIONS_VERSION_UNKNOWN');
      return { version, options };
    },
  );
};

const sendText = (reply: FastifyReply, text: string) => reply.header('content-type', JSON_TYPE).send(text);

/** Whether `If-None-Match` names the tag; a proxy may have made it a weak one (RFC 9110, 13.1.2). */
function namesTag(header: string | undefined, tag: string): boolean {
  const tags = (header ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  return tags.includes(tag) || tags.includes('*');
}
