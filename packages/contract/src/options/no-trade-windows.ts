import Type from 'typebox';
import { timeOfDayPattern } from './general.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** Windows that may be listed; each costs a comparison at every request. */
const maxNoTradeWindows = 1000;

export const NoTradeWindowSchema = Type.Object(
  {
    days: Type.Union(
      [Type.Array(Type.Enum([...weekdays]), { minItems: 1, maxItems: 7, uniqueItems: true }), Type.Literal('all')],
      {
        description: 'Days on which the window begins, or `all`.',
        'x-expects': '"all" or a list of mon, tue, wed, thu, fri, sat, sun without repetition',
      },
    ),
    from: Type.String({
      pattern: timeOfDayPattern,
      description: 'First minute, local time.',
      'x-expects': 'a time of day, HH:MM from 00:00 to 23:59',
    }),
    to: Type.String({
      pattern: `${timeOfDayPattern}|^24:00$`,
      description: 'First minute after it; before `from` when the window crosses midnight.',
      'x-expects': 'a time of day, HH:MM from 00:00 to 24:00',
    }),
    label: Type.Optional(Type.String({ maxLength: 200, description: 'Shown in the refusal.' })),
  },
  { additionalProperties: false, title: 'NoTradeWindow' },
);
export type NoTradeWindow = Type.Static<typeof NoTradeWindowSchema>;

export const NoTradeWindowsSchema = Type.Array(NoTradeWindowSchema, {
  maxItems: maxNoTradeWindows,
  default: [],
  description:
    'Times at which nothing is opened, in `timezone`. A window that crosses midnight belongs to the day it began.',
  'x-stricter': 'higher',
  'x-unit': 'list',
});
