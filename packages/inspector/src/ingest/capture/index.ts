export {
  type CaptureDecoder,
  type CaptureDecoderOptions,
  type CaptureLineError,
  createCaptureDecoder,
  isCaptureLineError,
} from './capture-decoder.ts';
