import Type from 'typebox';
import { enumField, integerField, listField, numberField } from './field.ts';

/** Percentages that make sense up to the whole, and somewhat beyond for leveraged accounts. */
const maxLossPercent = 1000;
/** Moves and sizes in percent; the bound only keeps arithmetic finite. */
const maxPercent = 1_000_000;
const maxCount = 1_000_000;

export const RiskManagementSchema = Type.Object(
  {
    takeProfitPercent: numberField({
      default: 2.5,
      minimum: 0,
      maximum: maxPercent,
      unit: '%',
      description: 'Distance of the target from entry; 0: no target unless the request has one.',
    }),
    stopLossPercent: numberField({
      default: 0.5,
      minimum: 0,
      maximum: 100,
      unit: '%',
      stricter: 'lower',
      zeroIsOff: true,
      description: 'Distance of the stop from entry. A request may have a tighter stop, never a wider one.',
    }),
    breakevenPercent: numberField({
      default: 0.3,
      minimum: 0,
      maximum: maxPercent,
      unit: '%',
      description: 'Favourable move at which the breakeven stop arms; 0: never.',
    }),
    breakevenBufferPercent: numberField({
      default: -0.1,
      minimum: -100,
      maximum: 100,
      unit: '%',
      description: 'Distance of the breakeven stop behind entry; negative puts it beyond entry, to cover fees.',
    }),
    maxDailyLossPercent: numberField({
      default: 5,
      minimum: 0,
      maximum: maxLossPercent,
      unit: '%',
      stricter: 'lower',
      zeroIsOff: true,
      description: "Loss of the day, unrealised included, in percent of the day's first equity. Trips when reached.",
    }),
    maxDailyProfitPercent: numberField({
      default: 10,
      minimum: 0,
      maximum: maxPercent,
      unit: '%',
      stricter: 'lower',
      zeroIsOff: true,
      description: "Profit of the day in percent of the day's first equity. Trips when reached.",
    }),
    maxDrawdownPercent: numberField({
      default: 15,
      minimum: 0,
      maximum: maxLossPercent,
      unit: '%',
      stricter: 'lower',
      zeroIsOff: true,
      description: 'Drawdown from the highest confirmed equity. Trips when reached.',
    }),
    maxLossTradesPerDay: integerField({
      default: 3,
      minimum: 0,
      maximum: maxCount,
      unit: 'trades',
      stricter: 'lower',
      zeroIsOff: true,
      description: 'Losing trades of the day, net of fees. Trips when reached.',
    }),
    maxTradesPerDay: integerField({
      default: 10,
      minimum: 0,
      maximum: maxCount,
      unit: 'entries',
      stricter: 'lower',
      zeroIsOff: true,
      description: 'Entries approved in the day. Trips when reached.',
    }),
    riskPerTradePercent: numberField({
      default: 2,
      minimum: 0,
      maximum: maxLossPercent,
      unit: '% of equity',
      stricter: 'lower',
      zeroIsOff: true,
      description:
        'What a trade may lose if its stop fills; also sizes requests that name no size. Passes at the limit.',
    }),
    minRiskRewardRatio: numberField({
      default: 2,
      minimum: 0,
      maximum: 1000,
      unit: 'ratio',
      stricter: 'higher',
      zeroIsOff: true,
      description: 'Target distance divided by stop distance. Passes at the limit.',
    }),
    maxCorrelatedPositions: integerField({
      default: 0,
      minimum: 0,
      maximum: maxCount,
      unit: 'positions',
      stricter: 'lower',
      zeroIsOff: true,
      description: 'Positions of one correlated group, the symbol itself excepted. Refuses when reached.',
    }),
    correlatedGroups: listField({
      default: [],
      itemDescription: 'Base assets, separated by commas.',
      itemMaxLength: 1000,
      description: 'Groups of base assets: `["BTC,ETH","SOL,AVAX"]` is two groups, `["BTC","ETH"]` is one.',
    }),
    maxPortfolioExposurePercent: numberField({
      default: 300,
      minimum: 0,
      maximum: maxPercent,
      unit: '% of equity',
      stricter: 'lower',
      zeroIsOff: true,
      description: 'Open, reserved and requested notional of the account together. Passes at the limit.',
    }),
    maxOpenPositions: integerField({
      default: 0,
      minimum: 0,
      maximum: maxCount,
      unit: 'positions',
      stricter: 'lower',
      zeroIsOff: true,
      description: 'Open and reserved positions of the account, legacy included. Refuses when reached.',
    }),
    takeProfitMode: enumField(['static', 'trailing'], {
      default: 'static',
      description:
        '`static`: a target at the venue. `trailing`: none; when the target is reached a trail of `trailingTakeProfitPercent` starts.',
    }),
  },
  { additionalProperties: false, description: 'Stops, targets and the limits of losses, counts and exposure.' },
);
