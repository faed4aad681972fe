import Type from 'typebox';
import { booleanField, listField, numberField } from './field.ts';

const assetItem = { itemDescription: 'A symbol or base asset; case is ignored.', itemMaxLength: 64 };

export const AssetManagementSchema = Type.Object(
  {
    excludedAssets: listField({
      default: [],
      ...assetItem,
      stricter: 'higher',
      description: 'Symbols or base assets in which nothing is opened.',
    }),
    preferredAssets: listField({
      default: [],
      ...assetItem,
      stricter: 'lower',
      description: 'Symbols or base assets that `restrictToPreferred` allows.',
    }),
    restrictToPreferred: booleanField({
      default: false,
      stricter: 'higher',
      description: 'Opens only what is in `preferredAssets`.',
    }),
    slippageTolerancePercent: numberField({
      default: 0.5,
      minimum: 0,
      maximum: 1000,
      unit: '%',
      stricter: 'lower',
      zeroIsOff: true,
      description: 'Mean price of walking the book for the quantity, against mid. Passes at the limit.',
    }),
    spreadTolerancePercent: numberField({
      default: 1,
      minimum: 0,
      maximum: 1000,
      unit: '%',
      stricter: 'lower',
      zeroIsOff: true,
      description: '(ask − bid) / mid at an entry. Passes at the limit.',
    }),
    maxSpreadForClosePercent: numberField({
      default: 2,
      minimum: 0,
      maximum: 1000,
      unit: '%',
      description: 'A close that may wait does so while the spread exceeds this; 0: never for the spread.',
    }),
    minTopDepthUsdForClose: numberField({
      default: 0,
      minimum: 0,
      maximum: 1e12,
      unit: 'USD',
      description: 'A close that may wait does so while the depth it takes is below this; 0: never for depth.',
    }),
    priceCollarPercent: numberField({
      default: 5,
      minimum: 0,
      maximum: 1000,
      unit: '%',
      stricter: 'lower',
      zeroIsOff: true,
      description: 'Distance of a limit price from the valuation price. Passes at the limit.',
    }),
    maxCloseDeferralSeconds: numberField({
      default: 10,
      minimum: 0,
      maximum: 86_400,
      unit: 's',
      stricter: 'lower',
      description: 'A close waits at most this long, then goes anyway; 0: it never waits.',
    }),
  },
  { additionalProperties: false, description: 'What may be traded, and at what spread, slippage and price.' },
);
