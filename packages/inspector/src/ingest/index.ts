export {
  type CaptureDecoder,
  type CaptureDecoderOptions,
  createCaptureDecoder,
  isCaptureLineError,
} from './capture/index.ts';
export { type CommandCall, commandInput } from './command-input.ts';
export { createDecoder, type Decoder, type DecoderOptions, deadLetterInput } from './decode.ts';
export { engineSymbols } from './engine-symbols.ts';
export { type OptionsChange, optionsInput } from './options-input.ts';
export { readReplayAccount } from './replay-account.ts';
export { type ListedSymbols, SYMBOLS_LIMIT } from './symbol-ids.ts';
export { zoneTable } from './zone-table.ts';
