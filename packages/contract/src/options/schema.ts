import Type from 'typebox';
import { AssetManagementSchema } from './asset-management.ts';
import { GeneralSchema } from './general.ts';
import { NoTradeWindowsSchema } from './no-trade-windows.ts';
import { PoliciesSchema } from './policies.ts';
import { ProtectionSchema } from './protection.ts';
import { RiskManagementSchema } from './risk-management.ts';
import { StrategyLogicSchema } from './strategy-logic.ts';
import { TradeSettingsSchema } from './trade-settings.ts';

/** Entries that each override map may hold; more are refused, so that no configuration grows without bound. */
export const maxOverrides = 1000;
const overrideKey = '^(?!__proto__$)[^\\s\\u0000-\\u001f]{1,200}$';

type Fields = Record<string, Type.TSchema>;
type PartialOf<Properties extends Fields> = { [Name in keyof Properties]: Type.TOptional<Properties[Name]> };

const partial = <Properties extends Fields>(schema: Type.TObject<Properties>): Type.TObject<PartialOf<Properties>> => {
  const fields = Object.entries(schema.properties).map(([name, field]) => [name, Type.Optional(field)]);
  return Type.Object(Object.fromEntries(fields) as PartialOf<Properties>, { additionalProperties: false });
};

const partialPolicies = () => {
  const fields = Object.entries(PoliciesSchema.properties).map(([name, policy]) => [
    name,
    Type.Optional(partial(policy)),
  ]);
  type Policies = typeof PoliciesSchema.properties;
  type Partials = {
    [Name in keyof Policies]: Type.TOptional<Type.TObject<PartialOf<Policies[Name]['properties']>>>;
  };
  return Type.Object(Object.fromEntries(fields) as Partials, { additionalProperties: false });
};

/** Any of the groups, each in part. */
export const OverrideSchema = Type.Object(
  {
    general: Type.Optional(partial(GeneralSchema)),
    riskManagement: Type.Optional(partial(RiskManagementSchema)),
    assetManagement: Type.Optional(partial(AssetManagementSchema)),
    tradeSettings: Type.Optional(partial(TradeSettingsSchema)),
    strategyLogic: Type.Optional(partial(StrategyLogicSchema)),
    noTradeWindows: Type.Optional(NoTradeWindowsSchema),
    policies: Type.Optional(partialPolicies()),
    protection: Type.Optional(partial(ProtectionSchema)),
  },
  { additionalProperties: false, title: 'Override', description: 'Any of the groups, each in part.' },
);
export type Override = Type.Static<typeof OverrideSchema>;

const overridesBy = (description: string) =>
  Type.Record(Type.String({ pattern: overrideKey }), OverrideSchema, {
    additionalProperties: false,
    maxProperties: maxOverrides,
    description,
  });

const OverridesSchema = Type.Object(
  {
    symbols: overridesBy("By the venue's name of the symbol, for example `BTCUSDT`."),
    detectors: overridesBy('By `detectorSysname`.'),
    accounts: overridesBy('By account key, for example `paper:futures`.'),
  },
  {
    additionalProperties: false,
    description:
      'Other values for a symbol, a detector or an account; symbol wins over detector over account over the base. Unless `general.allowLoosening` is true the stricter value counts.',
  },
);

/** The complete options. */
export const OptionsSchema = Type.Object(
  {
    general: GeneralSchema,
    riskManagement: RiskManagementSchema,
    assetManagement: AssetManagementSchema,
    tradeSettings: TradeSettingsSchema,
    strategyLogic: StrategyLogicSchema,
    noTradeWindows: NoTradeWindowsSchema,
    policies: PoliciesSchema,
    protection: ProtectionSchema,
    overrides: OverridesSchema,
  },
  { additionalProperties: false, title: 'Options', description: 'All options of an Inspector.' },
);

export type Options = Type.Static<typeof OptionsSchema>;

/** Objects in part at every depth, lists whole. `null` removes an override, or a field of one. */
export type OptionsPatch = DeepPartial<Omit<Options, 'overrides'>> & {
  overrides?: {
    [Kind in keyof Options['overrides']]?: Record<string, NullablePartial<Override> | null>;
  };
};

type DeepPartial<Value> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? { [Name in keyof Value]?: DeepPartial<Value[Name]> }
    : Value;

type NullablePartial<Value> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? { [Name in keyof Value]?: NullablePartial<Value[Name]> | null }
    : Value;

/** The groups that overrides can change. */
export type OptionGroups = Omit<Options, 'overrides'>;
