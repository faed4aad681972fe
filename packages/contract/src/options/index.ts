export { isTimeZone } from './cross-checks.ts';
export { diffOptions, type OptionChange } from './diff-options.ts';
export type { Stricter } from './field.ts';
export { defaultOptions, type MergeResult, mergeOptions } from './merge-options.ts';
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
