import { listOf, Nullable, RecordData, TimeMs } from '@inspector/contract';
import { requestError } from '@inspector/service';
import Type from 'typebox';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

/** What is kept to be shown. */
const MOST = 200;

const AlertsQuerySchema = Type.Object(
  {
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MOST, default: 50, description: 'Alerts to answer, 1 to 200.' }),
    ),
  },
  { additionalProperties: false },
);

const DeliverySchema = Type.Object(
  {
    target: Type.String({ description: 'Name of the target.' }),
    state: Type.Enum(['waiting', 'delivered', 'folded', 'late', 'dropped'], {
      description: '`folded` and `late` alerts are part of a summary.',
    }),
    tries: Type.Integer({ minimum: 0 }),
    at: TimeMs('When it came to that.'),
    reason: Type.Optional(Type.String({ description: 'Why the last try failed.' })),
  },
  { title: 'AlertDelivery' },
);

const AlertSchema = Type.Object(
  {
    seq: Nullable(Type.Integer(), 'Of its ALERT_SENT record; null where there is none.'),
    ts: TimeMs('When it was.'),
    severity: Type.Enum(['info', 'warn', 'critical']),
    code: Type.String(),
    message: Type.String(),
    accountKey: Nullable(Type.String()),
    symbol: Nullable(Type.String()),
    reminder: Type.Boolean({ description: 'Nothing new, but still so.' }),
    repeat: Type.Boolean({ description: 'It said what one shortly before had said, and was not sent.' }),
    data: RecordData('As in the record.'),
    deliveries: Type.Array(DeliverySchema, { description: 'What became of it, by target; empty where none wants it.' }),
  },
  { title: 'Alert' },
);

const TestSchema = Type.Object(
  {
    target: Type.String(),
    kind: Type.String(),
    place: Type.String({ description: 'A chat or a host.' }),
    outcome: Type.Enum(['delivered', 'later', 'refused'], { description: '`later`: it would be tried again.' }),
    reason: Type.Optional(Type.String({ description: 'Why it was not delivered.' })),
    tookMs: Type.Integer({ minimum: 0 }),
  },
  { title: 'AlertTest' },
);

/** What people were told, and whether they can be told. */
export const alertRoutes: AddRoutes<Pick<HttpPorts, 'alerts'>> = (app, { alerts }) => {
  const tags = ['alerts'];

  app.get(
    '/alerts',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'The newest alerts of this process and what became of them; older ones are in the audit',
        querystring: AlertsQuerySchema,
        response: { 200: listOf(AlertSchema, 'Newest first.') },
      },
    },
    (request) => {
      const data = alerts.recent(request.query.limit ?? 50).map(({ alert, repeat, deliveries }) => {
        const { seq, ts, severity, code, message, accountKey, symbol, reminder, data: fields } = alert;
        const told = [...deliveries.values()];
        return {
          seq,
          ts,
          severity,
          code,
          message,
          accountKey,
          symbol,
          reminder,
          repeat,
          data: { ...fields },
          deliveries: told,
        };
      });
      return { count: data.length, data };
    },
  );

  app.post(
    '/alerts/test',
    {
      config: { role: 'operator' },
      schema: {
        tags,
        summary: 'Sends a test to every target, at once and beside their queues, and answers what came of it',
        description: 'Takes up to 10 s. 503 `STANDBY` from an instance that does not act.',
        response: { 200: listOf(TestSchema, 'Each target.') },
      },
    },
    async () => {
      if (!alerts.mayTest()) throw requestError('STANDBY', 'This instance stands by: ask the one that acts.');
      const data = await alerts.test();
      return { count: data.length, data };
    },
  );
};
