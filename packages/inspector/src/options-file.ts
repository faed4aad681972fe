import { readFileSync } from 'node:fs';
import { defaultOptions, type FieldError, mergeOptions, type Options, type OptionsPatch } from '@inspector/contract';

export type OptionsFileResult = { options: Options; warnings: FieldError[] } | { errors: FieldError[] };

/**
 * The complete options that a JSON file gives: the defaults with whatever it holds, as `{…}` or as `{"options": {…}}` the
 * way REST takes it. Every violation at once; a file that cannot be read or is not JSON is one, with an empty path.
 */
export function readOptionsFile(path: string): OptionsFileResult {
  let patch: unknown;
  try {
    patch = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const message = error instanceof SyntaxError ? `${path} is not JSON: ${error.message}` : (error as Error).message;
    return { errors: [{ path: '', message }] };
  }
  return mergeOptions(defaultOptions, unwrapped(patch) as OptionsPatch);
}

function unwrapped(patch: unknown): unknown {
  const isWrapped = typeof patch === 'object' && patch !== null && Object.keys(patch).join() === 'options';
  return isWrapped ? (patch as { options: unknown }).options : patch;
}
