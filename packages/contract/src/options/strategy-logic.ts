import Type from 'typebox';
import { booleanField, integerField, numberField, textField } from './field.ts';

export const StrategyLogicSchema = Type.Object(
  {
    cooldownPeriod: numberField({
      default: 30,
      minimum: 0,
      maximum: 31_536_000,
      unit: 's',
      stricter: 'higher',
      zeroIsOff: true,
      description: 'No entry of the account for this long after a losing close.',
    }),
    maxConsecutiveLosses: integerField({
      default: 2,
      minimum: 0,
      maximum: 1_000_000,
      unit: 'trades',
      stricter: 'lower',
      zeroIsOff: true,
      description: 'Losing trades in a row, over days. Trips when reached.',
    }),
    minROIThreshold: numberField({
      default: 0,
      minimum: 0,
      maximum: 1_000_000,
      unit: '%',
      stricter: 'higher',
      zeroIsOff: true,
      description: 'Least expected return of a request. Passes at the limit.',
    }),
    maxROIThreshold: numberField({
      default: 0,
      minimum: 0,
      maximum: 1_000_000,
      unit: '%',
      stricter: 'lower',
      zeroIsOff: true,
      description: 'Highest expected return of a request: more is not believed. Passes at the limit.',
    }),
    enableStressPolicy: booleanField({
      default: true,
      stricter: 'higher',
      description: 'Size, risk and exposure limits count half for entries while a spread is wide.',
    }),
    stressSpreadTriggerPercent: numberField({
      default: 1,
      minimum: 0,
      maximum: 1000,
      unit: '%',
      stricter: 'lower',
      zeroIsOff: true,
      description: 'Spread at which stress begins, once it has held for `confirmMs`; ends under 0.8 of it.',
    }),
    targetDetectorSysname: textField({
      default: '',
      maxLength: 128,
      description: 'The detector that is told of locks; empty: every detector seen.',
    }),
    autoThrottleDetectors: booleanField({
      default: true,
      description: 'Publishes `opt.isActive: false` when a lock is set and `true` when it ends.',
    }),
  },
  { additionalProperties: false, description: 'Losing streaks, cooldown, expected return and stress.' },
);
