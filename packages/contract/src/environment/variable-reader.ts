import type { FieldError } from '#validation/field-error.ts';

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** Reads a file as text; throws when it cannot. */
export type ReadFile = (path: string) => string;

/** Longest value of a variable or of its file; a longer one is a mistake, such as a wrong file. */
const maxValueLength = 65_536;

/**
 * Reads variables and collects what is wrong with them. An empty value counts as unset. Messages name the variable and
 * say what to do, and never hold a secret.
 */
export interface VariableReader {
  errors: FieldError[];
  warnings: FieldError[];
  /** The value, undefined when unset. */
  text(name: string): string | undefined;
  /** The value or that of the file that `<name>_FILE` names. */
  secret(name: string): string | undefined;
  fail(name: string, message: string): void;
  warn(name: string, message: string): void;
}

export function createVariableReader(env: EnvironmentVariables, readFile: ReadFile): VariableReader {
  const errors: FieldError[] = [];
  const warnings: FieldError[] = [];
  const secrets = new Map<string, string | undefined>();
  const fail = (name: string, message: string) => addOnce(errors, { path: name, message });
  const warn = (name: string, message: string) => addOnce(warnings, { path: name, message });

  const text = (name: string): string | undefined => {
    const value = Object.hasOwn(env, name) ? env[name]?.trim() : undefined;
    if (value === undefined || value === '') return undefined;
    if (value.length <= maxValueLength) return value;
    fail(name, `is longer than ${maxValueLength} characters`);
    return undefined;
  };

  const secret = (name: string): string | undefined => {
    if (!secrets.has(name)) secrets.set(name, secretOf(name));
    return secrets.get(name);
  };

  const secretOf = (name: string): string | undefined => {
    const fileName = `${name}_FILE`;
    const path = text(fileName);
    const value = text(name);
    if (path === undefined) return value;
    if (value !== undefined) {
      fail(name, `is set together with ${fileName}: unset one of them`);
      return undefined;
    }
    return fromFile(fileName, path);
  };

  const fromFile = (fileName: string, path: string): string | undefined => {
    let content: string;
    try {
      content = readFile(path).trim();
    } catch (error) {
      fail(fileName, `the file ${JSON.stringify(path)} cannot be read (${reasonOf(error)})`);
      return undefined;
    }
    if (content !== '' && content.length <= maxValueLength) return content;
    fail(fileName, `the file ${JSON.stringify(path)} is ${content === '' ? 'empty' : 'too long'}`);
    return undefined;
  };

  return { errors, warnings, text, secret, fail, warn };
}

/** Two connectors of one exchange share their variables, and what is wrong with them. */
function addOnce(list: FieldError[], entry: FieldError): void {
  if (!list.some(({ path, message }) => path === entry.path && message === entry.message)) list.push(entry);
}

/** The code of a system error says enough and holds nothing of the file. */
function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown reason';
}
