import Type from 'typebox';
import { Nullable, TimeMs } from '#scalars.ts';
import { AccountQuerySchema, listOf } from './call-fields.ts';

export const EquityQuerySchema = Type.Object(
  {
    ...AccountQuerySchema.properties,
    from: Type.Optional(
      Type.Number({ minimum: 0, description: 'Not before, ms since 1970; default: start of the running trading day.' }),
    ),
    to: Type.Optional(Type.Number({ minimum: 0, description: 'Not after, ms since 1970; default: now.' })),
    points: Type.Optional(
      Type.Integer({ minimum: 10, maximum: 2000, default: 500, description: 'Of each account at most, 10 to 2000.' }),
    ),
  },
  { additionalProperties: false },
);
export type EquityQuery = Type.Static<typeof EquityQuerySchema>;

const percent = (description: string) => Nullable(Type.Number({ 'x-unit': '%' }), description);
const usd = (description: string) => Nullable(Type.Number({ 'x-unit': 'USD' }), description);

export const EquityPointSchema = Type.Object(
  {
    accountKey: Type.String(),
    ts: TimeMs('When the account stood so.'),
    equityUsd: Type.Number({ description: 'Known equity.', 'x-unit': 'USD' }),
    drawdownPct: percent('Drawdown from the peak.'),
    dailyPnlPct: percent("Result of the day in percent of the day's first equity."),
    dailyPnlUsd: usd('Result of the day.'),
    exposureUsd: usd('Sum of absolute notionals, legacy included.'),
  },
  { title: 'EquityPoint', description: 'How an account stood at a time at which its equity was known.' },
);
export type EquityPoint = Type.Static<typeof EquityPointSchema>;

export const EquityResponseSchema = listOf(EquityPointSchema, 'Equity over time, oldest first.');
export type EquityResponse = Type.Static<typeof EquityResponseSchema>;
