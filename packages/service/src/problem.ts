import { STATUS_CODES } from 'node:http';
import { type ErrorCode, errorCodeTable, type FieldError, type Problem } from '@inspector/contract';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { isRequestError } from './request-error.ts';
import { violationsOf } from './validation.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** What is wrong with a request. `code` is one of the contract's, or the one that whoever is behind this service gave. */
export interface Trouble {
  status: number;
  code: string;
  detail: string;
  errors?: readonly FieldError[];
}

export function problemBody({ status, code, detail, errors }: Trouble, requestId: string): Problem {
  const known = code in errorCodeTable ? errorCodeTable[code as ErrorCode].sentence : undefined;
  return {
    type: `urn:inspector:problem:${code}`,
    title: known ?? STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    code,
    ...(errors === undefined || errors.length === 0 ? {} : { errors: [...errors] }),
    requestId,
  };
}

/** The trouble of a code of the contract, which also says the status. */
export function troubleWith(code: ErrorCode, detail?: string): Trouble {
  const { status, sentence } = errorCodeTable[code];
  return { status, code, detail: detail ?? sentence };
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, trouble: Trouble): FastifyReply {
  const body = JSON.stringify(problemBody(trouble, request.id));
  return reply.code(trouble.status).headers({ 'content-type': PROBLEM_TYPE, 'x-request-id': request.id }).send(body);
}

/** What an error of a handler, a hook or Fastify itself means to the caller. Of a bug nothing is told but that. */
export function troubleOf(error: FastifyError): Trouble {
  if (isRequestError(error)) {
    const trouble = { status: error.statusCode, code: error.code, detail: error.message };
    return error.violations === undefined ? trouble : { ...trouble, errors: error.violations };
  }
  if (error.validation !== undefined) {
    const part = error.validationContext ?? 'body';
    const where = part === 'querystring' ? 'query' : part === 'params' ? 'path' : part;
    const trouble = troubleWith('VALIDATION_FAILED', `The request's ${where} is not valid.`);
    return { ...trouble, errors: violationsOf(error.validation, part) };
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return clientTrouble(status, error);
  return status === 503 ? troubleWith('NOT_READY') : troubleWith('INTERNAL');
}

/** Fastify's own sentences about a bad request name no internals; the words of a JSON parser are left out. */
function clientTrouble(status: number, error: FastifyError): Trouble {
  switch (status) {
    case 413:
      return troubleWith('BODY_TOO_LARGE');
    case 415:
      return troubleWith('MEDIA_TYPE_UNSUPPORTED');
    case 429:
      return troubleWith('RATE_LIMITED');
    default:
      break;
  }
  if (error.code?.startsWith('FST_ERR_CTP') || error instanceof SyntaxError) return troubleWith('BODY_UNREADABLE');
  return { status, code: status === 400 ? 'VALIDATION_FAILED' : 'REQUEST_REFUSED', detail: error.message };
}
