import Type from 'typebox';
import { type CommandName, commandNames } from '#replay.ts';
import {
  KillRearmBodySchema,
  KillTriggerBodySchema,
  LeaseBodySchema,
  RearmBodySchema,
  StanddownBodySchema,
} from './governor.ts';
import { PutOptionsBodySchema } from './options.ts';
import { AdoptBodySchema, ClosePositionBodySchema, ProtectionBodySchema } from './positions.ts';

/** A position by its id or, in a file whose author cannot know it, by its place. */
const positionId = Type.Union(
  [
    Type.String({ minLength: 1, maxLength: 300 }),
    Type.Object(
      {
        connectorType: Type.String(),
        marketType: Type.String(),
        accountId: Type.Optional(Type.String()),
        symbol: Type.String(),
        side: Type.Optional(Type.Enum(['LONG', 'SHORT'])),
      },
      { additionalProperties: false },
    ),
  ],
  { description: 'The id, or `{connectorType, marketType, symbol}`.' },
);
const detectorSysname = Type.String({ minLength: 1, maxLength: 128 });

type Fields = Record<string, Type.TSchema>;
const commandOf = <Properties extends Fields>(properties: Properties) =>
  Type.Object(
    {
      ...properties,
      command: Type.Enum([...commandNames]),
      actor: Type.Optional(Type.String()),
      reason: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  );

/** The fields of each operator's call as they stand in a replay file, `command` included. */
export const commandSchemas = {
  options: commandOf(PutOptionsBodySchema.properties),
  standdown: commandOf(StanddownBodySchema.properties),
  'kill-switch/trigger': commandOf(KillTriggerBodySchema.properties),
  'kill-switch/rearm': commandOf(KillRearmBodySchema.properties),
  adopt: commandOf({ ...AdoptBodySchema.properties, positionId }),
  close: commandOf({ ...ClosePositionBodySchema.properties, positionId }),
  protection: commandOf({ ...ProtectionBodySchema.properties, positionId }),
  rearm: commandOf(RearmBodySchema.properties),
  lease: commandOf({ ...LeaseBodySchema.properties, detectorSysname }),
  'lease/release': commandOf({ detectorSysname }),
} as const satisfies Record<CommandName, Type.TSchema>;

export const isCommandName = (name: string): name is CommandName => Object.hasOwn(commandSchemas, name);
