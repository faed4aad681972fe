import Type from 'typebox';

/**
 * A request as the bus takes it. Only `requestId` is demanded: a request with any other fault is decided,
 * `REQUEST_INVALID`, and never lost. The engine reads the rest as `OpenRequest`, `CloseRequest` and so on.
 */
export const RequestPayloadSchema = Type.Unsafe<{ requestId: string } & Record<string, unknown>>(
  Type.Object(
    { requestId: Type.String({ description: "The sender's id of the request." }) },
    { title: 'RequestPayload', description: 'A position request; its fields are judged by the engine.' },
  ),
);
export type RequestPayload = Type.Static<typeof RequestPayloadSchema>;

export const AdvisorDecisionPayloadSchema = Type.Object(
  {
    decisionId: Type.String({ description: "The advisor's id of its decision." }),
    approved: Type.Boolean({ description: 'Only `true` together with a `request` acts.' }),
    request: Type.Optional(Type.Unsafe<Record<string, unknown>>(Type.Object({}, { description: 'An open request.' }))),
    confidence: Type.Optional(Type.Unknown({ description: "The advisor's own confidence; not judged." })),
    reasoning: Type.Optional(Type.Unknown({ description: "The advisor's own words; not judged." })),
  },
  { title: 'AdvisorDecisionPayload', description: 'What an advisor answered.' },
);
export type AdvisorDecisionPayload = Type.Static<typeof AdvisorDecisionPayloadSchema>;
