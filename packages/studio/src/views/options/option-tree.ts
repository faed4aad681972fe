/** Reading and changing a JSON document by steps, without touching the one that is given. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

export type Steps = readonly string[];

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at those steps, undefined where there is none. */
export function valueAt(document: Json | undefined, steps: Steps): Json | undefined {
  let value: Json | undefined = document;
  for (const step of steps) {
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(step)];
    else if (isObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

/** The document with another value at those steps; objects on the way are made. */
export function withValue(document: JsonObject, steps: Steps, value: Json): JsonObject {
  const [step, ...rest] = steps;
  if (step === undefined) return document;
  const inner = Object.hasOwn(document, step) ? document[step] : undefined;
  return {
    ...document,
    [step]: rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest, value),
  };
}

/** The document without what is at those steps. Objects on the way that became empty go too, down to `keep` steps. */
export function withoutValue(document: JsonObject, steps: Steps, keep = steps.length): JsonObject {
  const [step, ...rest] = steps;
  if (step === undefined || !Object.hasOwn(document, step)) return document;
  const { [step]: inner, ...others } = document;
  if (rest.length === 0 || !isObject(inner)) return others;
  const left = withoutValue(inner, rest, keep - 1);
  return keep <= 0 && Object.keys(left).length === 0 ? others : { ...document, [step]: left };
}

/** Deep, and blind to the order of names. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every((name) => Object.hasOwn(b, name) && sameValue(a[name], b[name]))
    );
  }
  return Object.is(a, b) || (a === 0 && b === 0);
}

/** A JSON pointer (RFC 6901) of those steps. */
export const pointerOf = (steps: Steps): string =>
  steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

export const stepsOf = (pointer: string): Steps =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
