import Type from 'typebox';
import { Nullable, TimeMs } from '#scalars.ts';
import { listOf } from './call-fields.ts';

const closed = { additionalProperties: false } as const;

export const appKinds = ['inspector', 'detector', 'advisor', 'provider'] as const;
export type AppKind = (typeof appKinds)[number];
const AppKindField = Type.Enum([...appKinds], { description: 'First part of its proxy path.' });
const AppKeyField = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
  description: 'Second part of its proxy path.',
});

export const RegisterAppBodySchema = Type.Object(
  {
    kind: Type.Optional(
      Type.Enum([...appKinds], { default: 'inspector', description: 'First part of its proxy path.' }),
    ),
    appKey: AppKeyField,
    url: Type.String({ pattern: '^https?://[^\\s/?#]+/?$', maxLength: 300, description: 'Origin that it listens on.' }),
    title: Type.Optional(Type.String({ maxLength: 200 })),
    version: Type.Optional(Type.String({ maxLength: 64 })),
    epoch: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'Fencing epoch of an Inspector: one that is lower than the highest seen is refused, 409 `FENCED`.',
      }),
    ),
    token: Type.Optional(Type.String({ maxLength: 500, description: 'Sent with proxied requests; never answered.' })),
  },
  { ...closed, title: 'RegisterApp' },
);
export type RegisterAppBody = Type.Static<typeof RegisterAppBodySchema>;

/** Of heartbeat and unregister. */
export const AppRefBodySchema = Type.Object(
  {
    kind: Type.Optional(
      Type.Enum([...appKinds], { default: 'inspector', description: 'First part of its proxy path.' }),
    ),
    appKey: AppKeyField,
  },
  { ...closed, title: 'AppRef' },
);
export type AppRefBody = Type.Static<typeof AppRefBodySchema>;

export const RegisteredAppSchema = Type.Object(
  {
    kind: AppKindField,
    appKey: Type.String(),
    url: Type.String(),
    title: Type.Optional(Type.String()),
    version: Type.Optional(Type.String()),
    epoch: Type.Optional(Type.Integer({ description: 'Fencing epoch of an Inspector.' })),
    state: Type.Enum(['active', 'inactive']),
    registeredAt: TimeMs('First registration.'),
    lastHeartbeatAt: TimeMs('Last sign of life.'),
  },
  { title: 'RegisteredApp' },
);
export const AppsResponseSchema = listOf(RegisteredAppSchema, 'Registered applications.');
export type AppsResponse = Type.Static<typeof AppsResponseSchema>;

export const ProxyTargetsResponseSchema = listOf(
  Type.Object({
    kind: AppKindField,
    appKey: Type.String(),
    path: Type.String(),
    state: Type.Enum(['active', 'inactive']),
  }),
  'Where the proxy leads.',
);
export type ProxyTargetsResponse = Type.Static<typeof ProxyTargetsResponseSchema>;

export const InspectorEntrySchema = Type.Object(
  {
    sysname: AppKeyField,
    title: Type.Optional(Type.String({ maxLength: 200 })),
    url: Type.Optional(Type.String({ pattern: '^https?://[^\\s/?#]+/?$', maxLength: 300 })),
    description: Type.Optional(Type.String({ maxLength: 1000 })),
  },
  { ...closed, title: 'InspectorEntry' },
);
export type InspectorEntry = Type.Static<typeof InspectorEntrySchema>;

export const InspectorsResponseSchema = listOf(
  Type.Object({
    sysname: Type.String(),
    title: Type.Optional(Type.String()),
    url: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    state: Type.Enum(['active', 'inactive', 'unregistered']),
    lastHeartbeatAt: Nullable(Type.Number()),
  }),
  'Inspectors known to the Provider.',
);
export type InspectorsResponse = Type.Static<typeof InspectorsResponseSchema>;
