import type { FastifyRequest } from 'fastify';

/** `preValidation` of a call whose body has no required field: no body at all is then an empty one. */
export function optionalBody(request: FastifyRequest, _reply: unknown, done: () => void): void {
  if (request.body === undefined || request.body === null) request.body = {};
  done();
}
