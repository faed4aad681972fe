import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { alertSeverities } from '../alert-message.ts';
import { notifierKinds } from '../notifier.ts';
import { MAX_TARGETS } from './alerts-config.ts';

const closed = { additionalProperties: false } as const;

/** What stands for a secret: where it is, not what it is. */
const SecretRefSchema = Type.Union([
  Type.Object({ file: Type.String({ minLength: 1, maxLength: 4096 }) }, closed),
  Type.Object({ env: Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,127}$' }) }, closed),
]);
export type SecretRef = Type.Static<typeof SecretRefSchema>;

/** A number, or `@name` for a channel. */
const ChatSchema = Type.Union([
  Type.Integer({ minimum: -9_007_199_254_740_991, maximum: 9_007_199_254_740_991 }),
  Type.String({ pattern: '^(-?[0-9]{1,16}|@[A-Za-z0-9_]{4,32})$' }),
]);
const UserSchema = Type.Union([Type.Integer({ minimum: 1 }), Type.String({ pattern: '^[0-9]{1,16}$' })]);

const settings = {
  severities: Type.Optional(
    Type.Array(Type.Enum([...alertSeverities]), { minItems: 1, maxItems: 3, uniqueItems: true }),
  ),
  reminders: Type.Optional(Type.Boolean()),
  ratePerMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: 600 })),
  template: Type.Optional(Type.String({ maxLength: 10_000 })),
  link: Type.Optional(Type.String({ maxLength: 2000 })),
};

const target = { name: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$' })), ...settings };

const targetSchemas = {
  telegram: Type.Object(
    {
      kind: Type.Literal('telegram'),
      botToken: SecretRefSchema,
      chatIds: Type.Array(ChatSchema, { minItems: 1, maxItems: MAX_TARGETS }),
      apiRoot: Type.Optional(Type.String({ maxLength: 2000 })),
      ...target,
    },
    closed,
  ),
  'webhook-generic': Type.Object(
    {
      kind: Type.Literal('webhook-generic'),
      url: Type.Union([Type.String({ maxLength: 2000 }), SecretRefSchema]),
      secret: Type.Optional(SecretRefSchema),
      ...target,
    },
    closed,
  ),
  'webhook-slack': Type.Object({ kind: Type.Literal('webhook-slack'), url: SecretRefSchema, ...target }, closed),
  'webhook-discord': Type.Object({ kind: Type.Literal('webhook-discord'), url: SecretRefSchema, ...target }, closed),
} as const;

export type FileTarget = Type.Static<(typeof targetSchemas)[keyof typeof targetSchemas]>;

/** Compiled one by one, so that a target's violations are those of its own kind. */
export const fileTargets = {
  telegram: Compile(targetSchemas.telegram),
  'webhook-generic': Compile(targetSchemas['webhook-generic']),
  'webhook-slack': Compile(targetSchemas['webhook-slack']),
  'webhook-discord': Compile(targetSchemas['webhook-discord']),
};

/** Its kind alone, for a target whose kind is none. */
export const fileTargetKind = Compile(Type.Object({ kind: Type.Enum([...notifierKinds]) }));

const AlertsFileSchema = Type.Object(
  {
    targets: Type.Optional(Type.Array(Type.Unknown(), { maxItems: MAX_TARGETS })),
    ...settings,
    commands: Type.Optional(
      Type.Object(
        {
          enabled: Type.Optional(Type.Boolean()),
          allowedChats: Type.Optional(Type.Array(ChatSchema, { maxItems: 100 })),
          allowedUsers: Type.Optional(Type.Array(UserSchema, { minItems: 1, maxItems: 100 })),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type AlertsFile = Type.Static<typeof AlertsFileSchema>;
export const alertsFile = Compile(AlertsFileSchema);
