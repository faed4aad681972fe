import Type from 'typebox';
import { type OptionsPatch, OptionsSchema } from '#options/schema.ts';
import { FieldErrorSchema } from '#validation/field-error.ts';
import { ActorField, ReasonField } from './call-fields.ts';

export const OptionsResponseSchema = Type.Object(
  {
    options: OptionsSchema,
    version: Type.Integer({ minimum: 1, description: 'Counts the changes; also the `ETag`.' }),
    warnings: Type.Optional(
      Type.Array(FieldErrorSchema, {
        description: 'Of a change: what is legal and has no effect, or is hardly meant.',
      }),
    ),
  },
  { title: 'OptionsResponse', description: 'The effective options.' },
);
export type OptionsResponse = Type.Static<typeof OptionsResponseSchema>;

export const PutOptionsQuerySchema = Type.Object(
  { dryRun: Type.Optional(Type.Boolean({ default: false, description: 'Answers the result without applying it.' })) },
  { additionalProperties: false },
);
export type PutOptionsQuery = Type.Static<typeof PutOptionsQuerySchema>;

/** `options` is judged by `mergeOptions`, which names every violation at once; here it only has to be an object. */
export const PutOptionsBodySchema = Type.Object(
  {
    options: Type.Unsafe<OptionsPatch>(
      Type.Object({}, { description: 'The whole options, or any part of them. `null` removes an override.' }),
    ),
    actor: ActorField,
    reason: ReasonField,
  },
  { additionalProperties: false, title: 'PutOptions' },
);
export type PutOptionsBody = Type.Static<typeof PutOptionsBodySchema>;
