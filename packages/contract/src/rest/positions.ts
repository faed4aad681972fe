import Type from 'typebox';
import { ActorField, ReasonField } from './call-fields.ts';

const closed = { additionalProperties: false } as const;

export const PositionParamsSchema = Type.Object(
  { positionId: Type.String({ minLength: 1, maxLength: 300, description: 'Of an open position.' }) },
  closed,
);
export type PositionParams = Type.Static<typeof PositionParamsSchema>;

/** Legacy becomes runtime, and is protected from then on. */
export const AdoptBodySchema = Type.Object(
  {
    actor: ActorField,
    reason: ReasonField,
    detectorSysname: Type.Optional(Type.String({ maxLength: 128, description: 'Detector that it shall belong to.' })),
  },
  { ...closed, title: 'AdoptPosition' },
);
export type AdoptBody = Type.Static<typeof AdoptBodySchema>;

export const ClosePositionBodySchema = Type.Object(
  {
    actor: ActorField,
    reason: ReasonField,
    quantity: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'Absent: all of it.', 'x-unit': 'base' })),
  },
  { ...closed, title: 'ClosePosition' },
);
export type ClosePositionBody = Type.Static<typeof ClosePositionBodySchema>;

/** A stop can be tightened; loosening it needs `force` and a reason. */
export const ProtectionBodySchema = Type.Object(
  {
    stopLoss: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'New stop.', 'x-unit': 'quote' })),
    takeProfit: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'New target.', 'x-unit': 'quote' })),
    force: Type.Optional(Type.Boolean({ description: 'Lets a stop be loosened.' })),
    actor: ActorField,
    reason: ReasonField,
  },
  { ...closed, title: 'SetProtection' },
);
export type ProtectionBody = Type.Static<typeof ProtectionBodySchema>;
