import Type from 'typebox';
import { type ErrorCode, errorCodeTable } from './codes/error-codes.ts';
import { type FieldError, FieldErrorSchema } from './validation/field-error.ts';

/** RFC 9457 `application/problem+json`. */
export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: 'Names the kind of problem.' }),
    title: Type.String({ description: 'The code in a sentence.' }),
    status: Type.Integer({ minimum: 400, maximum: 599, description: 'HTTP status.' }),
    detail: Type.String({ description: 'What happened here.' }),
    code: Type.String({ description: 'One of the error codes.' }),
    errors: Type.Optional(Type.Array(FieldErrorSchema, { description: 'Every violation.' })),
    requestId: Type.String({ description: 'Finds the request in the log.' }),
  },
  { title: 'Problem', description: 'RFC 9457 problem.' },
);
export type Problem = Type.Static<typeof ProblemSchema>;

interface ProblemDetails {
  code: ErrorCode;
  requestId: string;
  /** Defaults to the code's sentence. */
  detail?: string;
  errors?: FieldError[];
}

/** The problem of a code, with its status and sentence. */
export const problemOf = ({ code, requestId, detail, errors }: ProblemDetails): Problem => {
  const { status, sentence } = errorCodeTable[code];
  const problem: Problem = {
    type: `urn:inspector:problem:${code}`,
    title: sentence,
    status,
    detail: detail ?? sentence,
    code,
    requestId,
  };
  return errors === undefined ? problem : { ...problem, errors };
};
