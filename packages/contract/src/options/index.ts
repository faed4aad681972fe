export type { Stricter } from './field.ts';
export { type NoTradeWindow, NoTradeWindowSchema, type Weekday, weekdays } from './no-trade-windows.ts';
export { type OptionField, optionFieldAt, optionFields } from './option-fields.ts';
export type { Policy } from './policies.ts';
export {
  maxOverrides,
  type OptionGroups,
  type Options,
  type OptionsPatch,
  OptionsSchema,
  type Override,
  OverrideSchema,
} from './schema.ts';
export { isLooser, stricterOf } from './strictness.ts';
