import Type from 'typebox';

/** Parts that many calls share. Query schemas are closed: an unknown parameter is a 400. */
export const ActorField = Type.Optional(
  Type.String({ minLength: 1, maxLength: 128, description: "Who asks for it; defaults to the token's name." }),
);
export const ReasonField = Type.Optional(Type.String({ maxLength: 1000, description: 'Why, in words.' }));

/** Largest page that one call answers. */
export const maxLimit = 5000;
export const LimitField = Type.Optional(
  Type.Integer({ minimum: 1, maximum: maxLimit, default: 200, description: 'Records to answer, 1 to 5000.' }),
);

const closed = { additionalProperties: false } as const;

export const NoQuerySchema = Type.Object({}, closed);
export const LimitQuerySchema = Type.Object({ limit: LimitField }, closed);
export type LimitQuery = Type.Static<typeof LimitQuerySchema>;

export const AccountQuerySchema = Type.Object(
  {
    accountKey: Type.Optional(
      Type.String({ minLength: 1, maxLength: 300, description: '`connectorType:marketType[:accountId]`.' }),
    ),
  },
  closed,
);
export type AccountQuery = Type.Static<typeof AccountQuerySchema>;

/** A list with its length. */
export const listOf = <Schema extends Type.TSchema>(item: Schema, description: string) =>
  Type.Object(
    { count: Type.Integer({ minimum: 0, description: 'Length of `data`.' }), data: Type.Array(item) },
    { description },
  );

/** What a command answers when it has nothing more to say. */
export const AcceptedSchema = Type.Object(
  {
    ok: Type.Literal(true),
    seq: Type.Integer({ minimum: 0, description: 'Sequence of the last audit record of it; it is durable.' }),
  },
  { title: 'Accepted', description: 'Done and durable.' },
);
export type Accepted = Type.Static<typeof AcceptedSchema>;

export const RecordData = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description });
