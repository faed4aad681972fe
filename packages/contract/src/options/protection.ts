import Type from 'typebox';
import { enumField, numberField } from './field.ts';

export const ProtectionSchema = Type.Object(
  {
    nakedMaxMs: numberField({
      default: 5000,
      minimum: 0,
      maximum: 3_600_000,
      unit: 'ms',
      stricter: 'lower',
      description: 'A position may be without confirmed protection this long, then the ladder begins; 0: at once.',
    }),
    replaceMinMs: numberField({
      default: 250,
      minimum: 0,
      maximum: 3_600_000,
      unit: 'ms',
      description: 'Least time between two moves of a stop or target at the venue.',
    }),
    confirmMs: numberField({
      default: 1500,
      minimum: 0,
      maximum: 3_600_000,
      unit: 'ms',
      stricter: 'lower',
      description: 'An equity limit trips when its breach has lasted this long; 0: at the first reading.',
    }),
    hardMultiple: numberField({
      default: 1.5,
      minimum: 1,
      maximum: 1000,
      unit: '×',
      stricter: 'lower',
      description: 'A confirmed reading that reaches limit × this trips at once.',
    }),
    onNaked: enumField(['alert', 'close'], {
      default: 'close',
      stricter: 'higher',
      description: 'Last rung of the ladder: a market close, or an alert every 30 s.',
    }),
    triggerBy: enumField(['mark', 'trade'], {
      default: 'mark',
      description: 'Price that triggers stops and targets; on a venue without marks `mark` is the mid.',
    }),
  },
  { additionalProperties: false, description: 'How positions are kept protected.' },
);
