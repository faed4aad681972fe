import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { isRequestError, type RequestViolation } from './request-error.ts';
import { violationsOf } from './validation.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** RFC 9457, with a stable `code`, all violations of the request, and the id under which the log knows it. */
export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: 'URN of the kind of problem, by its code.' }),
    title: Type.String({ description: 'The HTTP status in words.' }),
    status: Type.Integer({ minimum: 400, maximum: 599, description: 'HTTP status.' }),
    detail: Type.String({ description: 'What is wrong with this request and what to do, for a person.' }),
    code: Type.String({ description: 'Stable code, in capitals.' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object(
          { path: Type.String({ description: 'Dotted path of the field.' }), message: Type.String() },
          { additionalProperties: false },
        ),
        { description: 'All violations of the request together.' },
      ),
    ),
    requestId: Type.String({ description: 'Id of this request, as in the header x-request-id.' }),
  },
  { additionalProperties: false, description: 'RFC 9457 problem details.' },
);

export type ProblemBody = Static<typeof ProblemSchema>;

interface Trouble {
  status: number;
  code: string;
  detail: string;
  errors?: RequestViolation[];
}

export function problemBody({ status, code, detail, errors }: Trouble, requestId: string): ProblemBody {
  return {
    type: `urn:inspector:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    code,
    ...(errors === undefined || errors.length === 0 ? {} : { errors }),
    requestId,
  };
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, trouble: Trouble): FastifyReply {
  const body = JSON.stringify(problemBody(trouble, request.id));
  return reply.code(trouble.status).header('content-type', PROBLEM_TYPE).send(body);
}

/** What an error of a handler, a hook or Fastify itself means to the caller. Of a bug nothing is told but that. */
export function troubleOf(error: FastifyError): Trouble {
  if (isRequestError(error)) {
    const trouble = { status: error.statusCode, code: error.code, detail: error.message };
    return error.violations === undefined ? trouble : { ...trouble, errors: error.violations };
  }
  if (error.validation !== undefined) {
    const part = error.validationContext ?? 'body';
    const errors = violationsOf(error.validation, part);
    const where = part === 'querystring' ? 'query' : part;
    return { status: 400, code: 'VALIDATION_FAILED', detail: `The request's ${where} is not valid.`, errors };
  }
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500 ? clientTrouble(status, error) : serverTrouble(status);
}

function clientTrouble(status: number, error: FastifyError): Trouble {
  switch (status) {
    case 413:
      return { status, code: 'BODY_TOO_LARGE', detail: 'The body is larger than this service accepts.' };
    case 414:
      return { status, code: 'URL_TOO_LONG', detail: 'The address is longer than this service accepts.' };
    case 415:
      return { status, code: 'MEDIA_TYPE_UNSUPPORTED', detail: 'Send the body as application/json.' };
    case 429:
      return { status, code: 'RATE_LIMITED', detail: error.message };
    default:
      return { status, code: status === 400 ? 'REQUEST_MALFORMED' : 'REQUEST_REFUSED', detail: clientDetail(error) };
  }
}

/** Fastify's own sentences about a bad request name no internals; the text of a JSON parser is left out. */
function clientDetail(error: FastifyError): string {
  if (error.code === 'FST_ERR_CTP_INVALID_JSON_BODY' || error instanceof SyntaxError) return 'The body is not JSON.';
  return error.message;
}

function serverTrouble(status: number): Trouble {
  if (status === 503) return { status, code: 'UNAVAILABLE', detail: 'The service cannot answer now. Try again later.' };
  return { status: 500, code: 'INTERNAL_ERROR', detail: 'This is a fault of the service; its log has the request id.' };
}
