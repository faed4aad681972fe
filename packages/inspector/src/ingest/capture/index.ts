export {
  type CaptureDecoder,
  type CaptureDecoderOptions,
  createCaptureDecoder,
  isCaptureLineError,
} from './capture-decoder.ts';
