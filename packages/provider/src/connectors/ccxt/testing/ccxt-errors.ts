/** The classes of ccxt's errors. Importing them by ccxt's own name would load every exchange. */
type ErrorClass = new (message: string) => Error;

const module = new URL('./src/base/errors.js', import.meta.resolve('ccxt'));
export const ccxtErrors = (await import(module.href)) as Readonly<Record<string, ErrorClass>>;

/** An error as ccxt raises it, of a class of that name. */
export function ccxtError(name: string, message: string): Error {
  const ErrorOfName = ccxtErrors[name];
  if (ErrorOfName === undefined) throw new Error(`ccxt has no error ${name}`);
  return new ErrorOfName(message);
}
