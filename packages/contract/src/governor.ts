import Type from 'typebox';
import { killPhases } from './codes/audit-kinds.ts';
import { governorActions } from './codes/policies.ts';
import { Nullable, TimeMs } from './scalars.ts';

export const GovernorActionSchema = Type.Enum([...governorActions], { description: 'Weakest first.' });

/** `global`, `account:<key>`, `symbol:<key>`, `side:<key>:LONG|SHORT` or `detector:<name>`. */
export const scopePattern = '^(global|account:[^\\s]+|symbol:[^\\s]+|side:[^\\s]+:(LONG|SHORT)|detector:[^\\s]+)$';
export const ScopeSchema = Type.String({
  pattern: scopePattern,
  maxLength: 256,
  description: '`global`, `account:<key>`, `symbol:<key>`, `side:<key>:LONG|SHORT` or `detector:<name>`.',
});

export const GovernorLockSchema = Type.Object(
  {
    scope: ScopeSchema,
    code: Type.String({ description: 'The limit that set it, or `STAND_DOWN_ACTIVE` for one set by hand.' }),
    action: GovernorActionSchema,
    since: TimeMs('When it was set.'),
    until: Nullable(Type.Number(), 'When it ends, in ms since 1970; null: by hand or with its cause.'),
    actor: Type.String({ description: 'Who set it; `engine` for a limit.' }),
    reason: Type.Optional(Type.String({ description: 'Why.' })),
  },
  { title: 'GovernorLock', description: 'A lock on entries.' },
);
export type GovernorLock = Type.Static<typeof GovernorLockSchema>;

export const KillSwitchStateSchema = Type.Object(
  {
    state: Type.Enum(['IDLE', ...killPhases], { description: '`IDLE`, or the phase of the newest incident.' }),
    incidentId: Type.Optional(Type.String({ description: 'The newest incident.' })),
    scopes: Type.Optional(Type.Array(Type.String(), { description: 'What it covers.' })),
    since: Type.Optional(TimeMs('When it was triggered.')),
    remaining: Type.Optional(
      Type.Object(
        { orders: Type.Integer({ minimum: 0 }), positions: Type.Integer({ minimum: 0 }) },
        { description: 'What the venue still shows in scope.' },
      ),
    ),
  },
  { title: 'KillSwitchState', description: 'State of the kill switch.' },
);
export type KillSwitchState = Type.Static<typeof KillSwitchStateSchema>;

export const CooldownSchema = Type.Object(
  {
    accountKey: Type.String(),
    since: TimeMs('The losing close.'),
    until: TimeMs('When entries are allowed again.'),
  },
  { title: 'Cooldown', description: 'An account that cools down after a losing close.' },
);
export type Cooldown = Type.Static<typeof CooldownSchema>;

export const GovernorStateSchema = Type.Object(
  {
    action: GovernorActionSchema,
    reasons: Type.Array(Type.String(), { description: 'Codes in force, the strongest first.' }),
    locks: Type.Array(GovernorLockSchema),
    killSwitch: KillSwitchStateSchema,
    circuit: Type.Object({}, { description: 'What keeps entries shut beside locks: stress, unreconciled accounts …' }),
    cooldowns: Type.Array(CooldownSchema),
    seq: Type.Integer({ minimum: 0, description: 'Sequence of the last record that changed the state.' }),
  },
  { title: 'GovernorState', description: 'Strongest action in force, locks, kill switch and cooldowns.' },
);
export type GovernorState = Type.Static<typeof GovernorStateSchema>;
