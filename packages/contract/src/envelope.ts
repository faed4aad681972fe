import Type from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { ErrorCode } from './codes/error-codes.ts';
import { type EventType, eventTable, eventTypes, isEventType } from './events/event-table.ts';
import { TimeMs } from './scalars.ts';
import { describeErrors } from './validation/describe-errors.ts';
import type { FieldError } from './validation/field-error.ts';

export const eventSources = ['PROVIDER', 'INSPECTOR', 'DETECTOR', 'ADVISOR'] as const;
export type EventSource = (typeof eventSources)[number];

/** The payload of each event type. */
export type PayloadOf<T extends EventType> = Type.Static<(typeof eventTable)[T]['payload']>;

const head = {
  eventId: Type.String({ minLength: 1, maxLength: 128, description: 'A UUID; receivers count a repeated one once.' }),
  source: Type.Enum([...eventSources], { description: 'Who published it; the type begins with it.' }),
  timestamp: TimeMs("The publisher's time; data only, it moves no clock."),
  correlationId: Type.Optional(Type.String({ maxLength: 128, description: 'Common to all events of one cause.' })),
  causationId: Type.Optional(Type.String({ maxLength: 128, description: 'The event that caused it.' })),
  seq: Type.Optional(Type.Integer({ minimum: 0, description: 'Counts by 1 per account stream.' })),
  epoch: Type.Optional(Type.Integer({ minimum: 0, description: "The publishing instance's fencing epoch." })),
};

export const EnvelopeSchema = Type.Object(
  {
    ...head,
    type: Type.Unsafe<EventType>(Type.Enum([...eventTypes], { description: 'Names the channel.' })),
    payload: Type.Unknown({ description: 'By type.' }),
  },
  { title: 'Envelope', description: 'What travels on every channel.' },
);

type Head = Omit<Type.Static<typeof EnvelopeSchema>, 'type' | 'payload'>;

/** An event with its payload; `Envelope` alone is the union over all types. */
export type Envelope<T extends EventType = EventType> = T extends EventType
  ? Head & { type: T; payload: PayloadOf<T> }
  : never;

/** `PROVIDER_SYMBOLS` belongs to PROVIDER. */
export const sourceOf = (type: EventType): EventSource => type.slice(0, type.indexOf('_')) as EventSource;

/** True when a publisher of that source may emit that type. */
export const mayPublish = (source: string, type: string): boolean => type.startsWith(`${source}_`);

// `type` is only a string here, so that an unknown one is told apart from an envelope that is none.
const LooseEnvelopeSchema = Type.Object({
  ...head,
  type: Type.String({ minLength: 1, maxLength: 128 }),
  payload: Type.Unknown(),
});

// Compiled when first asked for, and once: compiling all of them would add a tenth of a second to every start.
const compiled = new Map<Type.TSchema, Validator>();
const compileEnvelope = () => Compile(LooseEnvelopeSchema);
let looseEnvelope: ReturnType<typeof compileEnvelope> | undefined;

/** The compiled validator of a type's payload; types that share a schema share it. */
export function payloadValidator(type: EventType): Validator {
  const schema: Type.TSchema = eventTable[type].payload;
  let validator = compiled.get(schema);
  if (validator === undefined) {
    validator = Compile(schema);
    compiled.set(schema, validator);
  }
  return validator;
}

/** True when the payload fits the type. Unknown fields are kept and ignored; NaN, null and strings are no numbers. */
export const isPayloadOf = <T extends EventType>(type: T, payload: unknown): payload is PayloadOf<T> =>
  payloadValidator(type).Check(payload);

export type EnvelopeCheck =
  | { ok: true; envelope: Envelope }
  | { ok: false; code: ErrorCode; message: string; errors: FieldError[] };

const refusal = (code: ErrorCode, message: string, errors: FieldError[] = []): EnvelopeCheck => ({
  ok: false,
  code,
  message,
  errors,
});

/**
 * Judges a value as an envelope: its shape (`ENVELOPE_INVALID`), its type (`TYPE_UNKNOWN`), its source
 * (`SOURCE_MISMATCH`) and its payload (`PAYLOAD_INVALID`), in this order. Never throws. The value is not copied.
 */
export function validateEnvelope(value: unknown): EnvelopeCheck {
  looseEnvelope ??= compileEnvelope();
  if (!looseEnvelope.Check(value)) {
    const errors = describeErrors(looseEnvelope.Errors(value));
    return refusal('ENVELOPE_INVALID', 'not an event envelope', errors);
  }
  const { type, source, payload } = value;
  if (!isEventType(type)) return refusal('TYPE_UNKNOWN', `no event has the type ${type}`);
  if (!mayPublish(source, type)) return refusal('SOURCE_MISMATCH', `${source} may not publish ${type}`);
  const validator = payloadValidator(type);
  if (!validator.Check(payload)) {
    const errors = describeErrors(validator.Errors(payload), '/payload');
    return refusal('PAYLOAD_INVALID', `the payload does not fit ${type}`, errors);
  }
  return { ok: true, envelope: value as Envelope };
}
