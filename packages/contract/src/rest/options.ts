import Type from 'typebox';
import { type OptionsPatch, OptionsSchema } from '#options/schema.ts';
import { TimeMs } from '#scalars.ts';
import { FieldErrorSchema } from '#validation/field-error.ts';
import { ActorField, LimitField, listOf, ReasonField } from './call-fields.ts';

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

const VersionField = (description: string) => Type.Integer({ minimum: 1, description });

export const OptionsVersionsQuerySchema = Type.Object(
  { limit: LimitField, before: Type.Optional(VersionField('Only versions below it.')) },
  { additionalProperties: false },
);
export type OptionsVersionsQuery = Type.Static<typeof OptionsVersionsQuerySchema>;

export const OptionsVersionSchema = Type.Object(
  {
    version: VersionField('The version that the change made.'),
    ts: TimeMs('When it came into force.'),
    actor: Type.String({ description: 'Who changed them.' }),
    reason: Type.Optional(Type.String({ description: 'Why, in words.' })),
    difference: Type.Array(
      Type.Object({
        path: Type.String({ description: '`group.field`, or `overrides.<kind>.<name>` and what is under it.' }),
        from: Type.Unknown({ description: 'Null: there was none.' }),
        to: Type.Unknown({ description: 'Null: there is none any more.' }),
      }),
    ),
    seq: Type.Integer({ minimum: 1, description: 'Sequence of its OPTIONS_CHANGED.' }),
  },
  { title: 'OptionsVersion', description: 'A change of the options.' },
);
export type OptionsVersion = Type.Static<typeof OptionsVersionSchema>;

export const OptionsVersionsResponseSchema = listOf(OptionsVersionSchema, 'Changes of the options, newest first.');
export type OptionsVersionsResponse = Type.Static<typeof OptionsVersionsResponseSchema>;

export const OptionsVersionParamsSchema = Type.Object(
  { version: VersionField('The version.') },
  { additionalProperties: false },
);

export const EarlierOptionsSchema = Type.Object(
  { version: VersionField('The version that was asked for.'), options: OptionsSchema },
  { title: 'EarlierOptions', description: 'The whole options of a version.' },
);
export type EarlierOptions = Type.Static<typeof EarlierOptionsSchema>;

/** The document itself is JSON Schema; this says of it what an editor may rely on. */
export const OptionsJsonSchemaSchema = Type.Object(
  {
    title: Type.String(),
    description: Type.String(),
    type: Type.Literal('object'),
    'x-groups': Type.Array(Type.String(), { description: 'Names of the groups, in the order to show them.' }),
    properties: Type.Record(Type.String(), Type.Unknown(), {
      description:
        'By group: its fields with `type`, `enum`, `default`, `minimum`, `exclusiveMinimum`, `maximum`, `description`, `x-unit`, `x-expects` (what it takes, in words), `x-stricter` (`lower`, `higher` or null: no limit) and `x-zero-is-off`.',
    }),
    required: Type.Array(Type.String()),
  },
  { title: 'OptionsJsonSchema', description: 'JSON Schema of the options.' },
);
