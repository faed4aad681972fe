import Type from 'typebox';
import { enumField, integerField, numberField } from './field.ts';

/** A year: a position that is held longer is held without a limit. */
const maxHoldSeconds = 31_536_000;

export const TradeSettingsSchema = Type.Object(
  {
    maxPositionHoldTime: numberField({
      default: 0,
      minimum: 0,
      maximum: maxHoldSeconds,
      unit: 's',
      stricter: 'lower',
      zeroIsOff: true,
      description: 'A position is closed when it was held this long.',
    }),
    maxPositionSizePercent: numberField({
      default: 20,
      minimum: 0,
      maximum: 1_000_000,
      unit: '% of equity',
      stricter: 'lower',
      zeroIsOff: true,
      description: 'Notional of a position, reserved and requested quantity included. Passes at the limit.',
    }),
    minPositionSizePercent: numberField({
      default: 0,
      minimum: 0,
      maximum: 1_000_000,
      unit: '% of equity',
      stricter: 'higher',
      zeroIsOff: true,
      description: 'Least notional of a request. Passes at the limit.',
    }),
    maxLeverage: numberField({
      default: 10,
      minimum: 0,
      maximum: 1000,
      unit: '×',
      stricter: 'lower',
      zeroIsOff: true,
      description: "Highest leverage; the venue's own limit stays. Passes at the limit.",
    }),
    defaultLeverage: numberField({
      default: 3,
      exclusiveMinimum: 0,
      maximum: 1000,
      unit: '×',
      description: 'Leverage of a request that names none.',
    }),
    trailingStopPercent: numberField({
      default: 1.5,
      minimum: 0,
      maximum: 100,
      unit: '%',
      description: 'Distance of the trailing stop from the best confirmed price; 0: no trailing stop.',
    }),
    trailingTakeProfitPercent: numberField({
      default: 0,
      minimum: 0,
      maximum: 100,
      unit: '%',
      description: 'Distance of the trail that starts at the target in `takeProfitMode: "trailing"`.',
    }),
    marginMode: enumField(['cross', 'isolated'], {
      default: 'cross',
      description: 'How the venue margins positions; in `isolated` a stop must lie before the liquidation price.',
    }),
    maxOrderNotionalUsd: numberField({
      default: 0,
      minimum: 0,
      maximum: 1e15,
      unit: 'USD',
      stricter: 'lower',
      zeroIsOff: true,
      description: 'Quantity times price of one request. Passes at the limit.',
    }),
    maxOrdersPerSecond: integerField({
      default: 20,
      minimum: 0,
      maximum: 1_000_000,
      unit: 'entries/s',
      stricter: 'lower',
      zeroIsOff: true,
      description: 'Entries of the account approved in the last second. Refuses when reached.',
    }),
    priceStaleMs: numberField({
      default: 5000,
      minimum: 1,
      maximum: 86_400_000,
      unit: 'ms',
      stricter: 'lower',
      description: 'A price or book that is older counts for nothing. Fresh at the limit.',
    }),
  },
  { additionalProperties: false, description: 'Size, leverage, holding time, trailing and order rate.' },
);
