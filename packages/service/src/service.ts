import type { FastifyPluginAsyncTypebox, TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { Caller } from './caller.ts';
import type { RouteRole } from './role.ts';

/** A Fastify instance whose schemas are TypeBox: handlers get the types of their own schemas. */
export type Service = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** A plugin that owns routes with their schemas. */
export type ServicePlugin<Options extends Record<never, never> = Record<never, never>> =
  FastifyPluginAsyncTypebox<Options>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The role that a route asks for. Without it: `viewer` to read, `admin` to change. */
    role?: RouteRole;
    /** True where query parameters are somebody else's to check: a proxy. Otherwise unknown ones are 400. */
    anyQuery?: boolean;
  }
  interface FastifyRequest {
    caller: Caller;
  }
}
