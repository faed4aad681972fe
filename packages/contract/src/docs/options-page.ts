import { policyNames, watchedLimits } from '#codes/policies.ts';
import { type OptionField, optionFields } from '#options/option-fields.ts';
import { OptionsSchema } from '#options/schema.ts';
import { code, generatedNote, page, table } from './markdown.ts';

const text = (value: unknown): string => code(JSON.stringify(value));

function rangeOf({ type, minimum, exclusiveMinimum, maximum, values, expects }: OptionField): string {
  if (expects !== null) return expects;
  if (values !== null) return values.map(text).join(', ');
  if (type === 'boolean') return '`true`, `false`';
  if (exclusiveMinimum !== null) return `above ${exclusiveMinimum}, to ${maximum}`;
  if (minimum !== null) return `${minimum} to ${maximum}${type === 'integer' ? ', whole' : ''}`;
  return type === 'list' ? 'list' : 'text';
}

function strictnessOf({ stricter, zeroIsOff, type }: OptionField): string {
  if (stricter === null) return '';
  const words = { list: ['fewer', 'more'], boolean: ['`false`', '`true`'], enum: ['earlier', 'later'] } as const;
  const [lower, higher] = type in words ? words[type as keyof typeof words] : ['lower', 'higher'];
  return `${stricter === 'lower' ? lower : higher}${zeroIsOff ? ', 0 = off' : ''}`;
}

const row = (field: OptionField): string[] => [
  code(field.path.slice(field.path.indexOf('.') + 1)),
  text(field.default),
  field.unit === null || field.type === 'list' ? '' : field.unit,
  rangeOf(field),
  strictnessOf(field),
  field.description,
];

function group(name: string): string {
  const schema = OptionsSchema.properties[name as keyof typeof OptionsSchema.properties] as { description?: string };
  const fields = optionFields.filter(({ path }) => path === name || path.startsWith(`${name}.`));
  const head = ['field', 'default', 'unit', 'values', 'stricter', 'meaning'];
  return `## ${name}\n\n${schema.description}\n\n${table(head, fields.map(row))}`;
}

const policies = (): string =>
  [
    '## policies',
    'What each watched limit does when it trips. `action` is one of ALLOW (only recorded), THROTTLE (the detector is told as well), BLOCK (entries are refused while it lasts), STAND_DOWN (a durable lock on entries), CLOSE_ALL (the lock, and runtime positions are closed). `until` ends the lock: `"manual"`, `"day-end"` or a number of seconds; `"while-it-lasts"`, of `exposure` only, ends it with the breach.',
    table(
      ['policy', 'code', 'trips when', 'default action', 'default until'],
      policyNames.map((name) => {
        const { code: limitCode, sentence, action, until } = watchedLimits[name];
        return [code(name), code(limitCode), sentence, code(action), code(until)];
      }),
    ),
  ].join('\n\n');

const intro = `Every group and field may be left out; what is given is checked as a whole, and all violations are answered together.
Percentages are percent (2.5 means 2.5 %). 0 switches a limit off where the column *stricter* says so.

A change is a deep partial: objects are merged, lists are replaced, \`null\` removes an override or a field of one. A document that is
complete replaces everything. \`inspector options check FILE\` says what would be refused, without a service.`;

const overrides = `## overrides

\`overrides.symbols\`, \`overrides.detectors\` and \`overrides.accounts\` hold any of the groups above, each in part, by the name of
the symbol (\`BTCUSDT\`), the detector's \`detectorSysname\`, or the account key (\`paper:futures\`). Symbol wins over detector over
account over the base. A field with an entry in the column *stricter* is a limit: unless \`general.allowLoosening\` is true the
stricter value counts, and an override that is looser is accepted with a warning and has no effect. All other fields override freely.`;

/** The whole of docs/options.md. */
export const optionsPage = (): string =>
  page(
    '# Options',
    generatedNote,
    intro,
    ...Object.keys(OptionsSchema.properties)
      .filter((name) => name !== 'policies' && name !== 'overrides')
      .map(group),
    policies(),
    overrides,
  );
