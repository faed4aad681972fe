import type Type from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { AuditRecordSchema } from './audit.ts';
import { auditDataSchemas } from './audit-data.ts';
import type { AuditKind } from './codes/audit-kinds.ts';
import { describeErrors } from './validation/describe-errors.ts';
import type { FieldError } from './validation/field-error.ts';

const compiled = new Map<Type.TSchema, Validator>();

function validatorOf(schema: Type.TSchema): Validator {
  let validator = compiled.get(schema);
  if (validator === undefined) {
    validator = Compile(schema);
    compiled.set(schema, validator);
  }
  return validator;
}

/** What is wrong with a record and the data of its kind, by path; empty when it is as the contract says. Never throws. */
export function auditViolations(record: unknown): FieldError[] {
  const whole = validatorOf(AuditRecordSchema);
  if (!whole.Check(record)) return describeErrors(whole.Errors(record));
  const { kind, data } = record as { kind: AuditKind; data: unknown };
  const content = validatorOf(auditDataSchemas[kind]);
  return content.Check(data) ? [] : describeErrors(content.Errors(data), '/data');
}
