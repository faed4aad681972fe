/** Longest template: what it gives is cut to what the target takes anyway. */
const MAX_CHARACTERS = 4000;
const MAX_LINES = 60;

/** Names that a template may use, beside `data.<field>`. */
export const templateNames = [
  'title',
  'severity',
  'code',
  'message',
  'account',
  'symbol',
  'position',
  'time',
  'app',
  'id',
  'reminder',
  'late',
  'advice',
  'link',
] as const;
export type TemplateName = (typeof templateNames)[number];

type Part = { kind: 'text'; text: string } | { kind: 'value'; name: TemplateName } | { kind: 'data'; path: string[] };

/** A template that was checked. It can hold no code: only text and named values. */
export interface Template {
  lines: readonly (readonly Part[])[];
}

export interface TemplateValues {
  named: Readonly<Record<TemplateName, string>>;
  data: Readonly<Record<string, unknown>>;
}

/**
 * Reads text with `{{name}}` and `{{data.field}}`. Answers every violation at once, each with its line.
 */
export function parseTemplate(text: string): { template: Template } | { problems: string[] } {
  const problems: string[] = [];
  const lines = text.split(/\r?\n/);
  if (text.trim() === '') problems.push('is empty');
  if (text.length > MAX_CHARACTERS) problems.push(`is longer than ${MAX_CHARACTERS} characters`);
  if (lines.length > MAX_LINES) problems.push(`has more than ${MAX_LINES} lines`);
  if (problems.length > 0) return { problems };
  const parsed = lines.map((line, index) =>
    parseLine(line, (problem) => problems.push(`line ${index + 1}: ${problem}`)),
  );
  return problems.length > 0 ? { problems } : { template: { lines: parsed } };
}

function parseLine(line: string, fail: (problem: string) => void): Part[] {
  const parts: Part[] = [];
  const pieces = line.split('{{');
  const [before = '', ...rest] = pieces;
  if (before.includes('}}')) fail('}} without {{');
  if (before !== '') parts.push({ kind: 'text', text: before });
  for (const piece of rest) {
    const end = piece.indexOf('}}');
    if (end === -1) {
      fail('{{ without }}');
      continue;
    }
    const part = partOf(piece.slice(0, end).trim());
    if (part === undefined)
      fail(`{{${piece.slice(0, end).slice(0, 60)}}} is none of ${templateNames.join(', ')} or data.<field>`);
    else parts.push(part);
    const text = piece.slice(end + 2);
    if (text.includes('}}')) fail('}} without {{');
    if (text !== '') parts.push({ kind: 'text', text });
  }
  return parts;
}

function partOf(name: string): Part | undefined {
  const known = templateNames.find((each) => each === name);
  if (known !== undefined) return { kind: 'value', name: known };
  return /^data(\.\w{1,64}){1,5}$/.test(name) ? { kind: 'data', path: name.split('.').slice(1) } : undefined;
}

export function uses(template: Template, name: TemplateName): boolean {
  return template.lines.some((line) => line.some((part) => part.kind === 'value' && part.name === name));
}

/** The text; a line whose values are all empty is left out, and so are blank lines at the end. */
export function renderTemplate(template: Template, values: TemplateValues): string {
  const lines: string[] = [];
  for (const parts of template.lines) {
    const texts = parts.map((part) => textOf(part, values));
    const isEmpty =
      parts.some((part) => part.kind !== 'text') &&
      parts.every((part, index) => part.kind === 'text' || texts[index] === '');
    if (!isEmpty) lines.push(texts.join('').trimEnd());
  }
  return lines.join('\n').trim();
}

function textOf(part: Part, { named, data }: TemplateValues): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'value':
      return oneLine(named[part.name]);
    case 'data':
      return oneLine(shownData(part.path, data));
  }
}

/** Longest value of `data`: one field must not push the rest off the screen. */
const MAX_DATA_CHARACTERS = 300;

function shownData(path: readonly string[], data: unknown): string {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return '';
    value = (value as Record<string, unknown>)[step];
  }
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.slice(0, MAX_DATA_CHARACTERS);
}

/** A value cannot add lines: what looks like a line of Inspector is one. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
