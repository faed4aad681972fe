import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultTemplate, durationText, renderAlert } from './render-alert.ts';
import { parseTemplate, type Template } from './template.ts';
import { alertMessage } from './testing/alerts.ts';

const templateOf = (text: string): Template => {
  const parsed = parseTemplate(text);
  assert.ok('template' in parsed, JSON.stringify(parsed));
  return parsed.template;
};
const problemsOf = (text: string): string[] => {
  const parsed = parseTemplate(text);
  assert.ok('problems' in parsed, 'it was taken');
  return parsed.problems;
};
const rendered = (
  template: Template | string,
  given: Parameters<typeof alertMessage>[0] = {},
  lateMs: number | null = null,
  link: string | null = null,
) =>
  renderAlert(alertMessage(given), lateMs, {
    template: typeof template === 'string' ? templateOf(template) : template,
    appKey: 'guard',
    link,
  });

test('the default reads well on a phone: title, figures, where, what it means, when', () => {
  assert.equal(
    rendered(defaultTemplate, {}, null, 'https://studio.example/'),
    [
      '🔴 CRITICAL DAILY_LOSS',
      'DAILY_LOSS of paper:futures: -5.2 % against a limit of 5 %.',
      'paper:futures',
      'New entries are shut; exits and stops go on.',
      'https://studio.example/',
      'guard, 2023-11-14 22:13:20 UTC',
    ].join('\n'),
  );
});

test('a reminder and a late one are marked, in the default and in any template', () => {
  const given = { reminder: true, severity: 'warn' } as const;
  assert.match(rendered(defaultTemplate, given, 14 * 60_000), /^🔁 WARN DAILY_LOSS \(reminder, late by 14 min\)\n/);
  assert.equal(rendered('{{code}}', given), '(reminder) DAILY_LOSS');
  assert.equal(rendered('{{code}} {{reminder}} {{late}}', given), 'DAILY_LOSS reminder');
  assert.equal(rendered('{{code}}'), 'DAILY_LOSS');
});

test('names and fields of data are put in; what is not there is empty', () => {
  assert.equal(rendered('{{ severity }}|{{account}}|{{symbol}}|{{id}}|{{app}}'), 'critical|paper:futures||17|guard');
  assert.equal(rendered('{{data.observed}} {{data.unit}} {{data.none}}|{{data.limit.deep}}'), '-5.2 % |');
  assert.equal(
    rendered('{{data.remaining}} {{data.remaining.orders}}', { data: { remaining: { orders: 2 } } }),
    '{"orders":2} 2',
  );
  assert.equal(rendered('x {{data.constructor}}{{data.__proto__}}{{data.toString}}'), '');
});

test('a line whose values are all empty is left out', () => {
  assert.equal(rendered('a\nin {{symbol}}\nb\n\n{{link}}'), 'a\nb');
  assert.equal(rendered('{{account}} {{symbol}}'), 'paper:futures');
});

test('a value adds no line: what looks like one of Inspector is one', () => {
  assert.equal(rendered('{{message}}', { message: 'by ann\n✅ VERIFIED_FLAT\u2028x' }), 'by ann ✅ VERIFIED_FLAT x');
});

test('every violation is listed, with its line', () => {
  assert.deepEqual(
    problemsOf('{{code}} ok\n{{nope}} {{data}}\n{{message\n}} x').map((each) => each.slice(0, 26)),
    ['line 2: {{nope}} is none o', 'line 2: {{data}} is none o', 'line 3: {{ without }}', 'line 4: }} without {{'],
  );
  assert.deepEqual(problemsOf('  '), ['is empty']);
});

test('a template has 4000 characters and 60 lines at most', () => {
  templateOf('x'.repeat(4000));
  assert.deepEqual(problemsOf('x'.repeat(4001)), ['is longer than 4000 characters']);
  templateOf('x\n'.repeat(59));
  assert.deepEqual(problemsOf('x\n'.repeat(60)), ['has more than 60 lines']);
});

test('durations are in the unit that a person would use', () => {
  const texts = [0, 999, 1_000, 4_520, 119_900, 120_000, 7_199_999, 7_200_000].map(durationText);
  assert.deepEqual(texts, ['0 ms', '999 ms', '1 s', '4.5 s', '119.9 s', '2 min', '120 min', '2.0 h']);
});
