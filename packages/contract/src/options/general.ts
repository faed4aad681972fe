import Type from 'typebox';
import { booleanField, integerField, textField } from './field.ts';

export const timeOfDayPattern = '^([01][0-9]|2[0-3]):[0-5][0-9]$';

export const GeneralSchema = Type.Object(
  {
    apiPort: integerField({
      default: 8008,
      minimum: 1,
      maximum: 65535,
      unit: 'port',
      description: "Port of Inspector's REST; `INSPECTOR_PORT` wins. Read at start.",
    }),
    timezone: textField({
      default: 'UTC',
      maxLength: 64,
      'x-expects': 'the name of an IANA time zone',
      description: 'IANA time zone of trading days and no-trade windows, for example `Europe/Berlin`.',
    }),
    dayStart: textField({
      default: '00:00',
      pattern: timeOfDayPattern,
      maxLength: 5,
      'x-expects': 'a time of day, HH:MM from 00:00 to 23:59',
      description: 'Local time at which a trading day begins.',
    }),
    allowLoosening: booleanField({
      default: false,
      description: 'Lets overrides loosen a limit. While false, the stricter of base and override counts.',
    }),
    requireSecondActor: booleanField({
      default: false,
      description: 'Re-arming needs a second person, different from the first.',
    }),
  },
  { additionalProperties: false, description: 'The Inspector as a whole.' },
);
