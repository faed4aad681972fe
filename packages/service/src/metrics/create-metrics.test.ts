import assert from 'node:assert/strict';
import { test } from 'node:test';
import { METRIC_SERIES_LIMIT } from '@inspector/contract';
import { createMetrics } from './create-metrics.ts';
import type { Known, Reading } from './metric-readers.ts';

const definitions = {
  a_count_total: { type: 'counter', help: 'Counts.', labels: [] },
  a_level: { type: 'gauge', help: 'A level.', labels: [] },
  a_state: { type: 'gauge', help: 'By state.', labels: ['state'] },
  a_duration_seconds: { type: 'histogram', help: 'How long.', labels: ['call'] },
  a_metrics_left_out: { type: 'gauge', help: 'Left out.', labels: [] },
} as const;

interface State {
  count: number;
  level: Known;
  series: Reading<readonly ['state']>[];
}

function metricsOf(state: State) {
  return createMetrics({
    definitions,
    state: () => state,
    readers: {
      a_count_total: ({ count }: State) => count,
      a_level: ({ level }: State) => level,
      a_state: ({ series }: State) => series,
    },
    leftOut: 'a_metrics_left_out',
  });
}

const linesOf = async (metrics: { text(): Promise<string> }): Promise<string[]> => (await metrics.text()).split('\n');
const quiet: State = { count: 0, level: 0, series: [] };

test('values are those of the moment of asking, and what is gone is gone', async () => {
  const state: State = { count: 3, level: -1.5, series: [[['up'], 1]] };
  const metrics = metricsOf(state);
  const first = await linesOf(metrics);
  for (const line of ['a_count_total 3', 'a_level -1.5', 'a_state{state="up"} 1', '# TYPE a_count_total counter']) {
    assert.ok(first.includes(line), line);
  }
  Object.assign(state, { count: 4, level: 2, series: [[['down'], 1]] });
  const second = await linesOf(metrics);
  for (const line of ['a_count_total 4', 'a_level 2', 'a_state{state="down"} 1'])
    assert.ok(second.includes(line), line);
  assert.ok(!second.some((line) => line.includes('"up"')));
});

test('what is not known is left out', async () => {
  for (const level of [null, undefined, Number.NaN]) {
    const lines = await linesOf(metricsOf({ ...quiet, level, series: [[['x'], level]] }));
    assert.ok(!lines.some((line) => line.startsWith('a_level ') || line.startsWith('a_state{')), String(level));
  }
  assert.ok((await linesOf(metricsOf(quiet))).includes('a_level 0'));
});

test('a metric has its most series, and those left out are counted', async () => {
  const many = (count: number): Reading<readonly ['state']>[] =>
    Array.from({ length: count }, (_, index) => [[`s${index}`], 1]);
  const at = await linesOf(metricsOf({ ...quiet, series: many(METRIC_SERIES_LIMIT) }));
  assert.equal(at.filter((line) => line.startsWith('a_state{')).length, METRIC_SERIES_LIMIT);
  assert.ok(at.includes('a_metrics_left_out 0'));
  const past = await linesOf(metricsOf({ ...quiet, series: many(METRIC_SERIES_LIMIT + 2) }));
  assert.equal(past.filter((line) => line.startsWith('a_state{')).length, METRIC_SERIES_LIMIT);
  assert.ok(past.includes('a_metrics_left_out 2'));
});

test('a label value is escaped and cut', async () => {
  const lines = await linesOf(metricsOf({ ...quiet, series: [[[`"\\\n${'x'.repeat(200)}`], 1]] }));
  const line = lines.find((each) => each.startsWith('a_state{'));
  assert.equal(line, `a_state{state="\\"\\\\\\n${'x'.repeat(125)}"} 1`);
});

test('durations are counted as they come, past the limit as other', async () => {
  const metrics = metricsOf(quiet);
  metrics.observe.a_duration_seconds(0.002, 'place');
  metrics.observe.a_duration_seconds(0.2, 'place');
  for (let index = 0; index < METRIC_SERIES_LIMIT; index += 1) metrics.observe.a_duration_seconds(1, `c${index}`);
  const lines = await linesOf(metrics);
  for (const line of [
    'a_duration_seconds_count{call="place"} 2',
    'a_duration_seconds_sum{call="place"} 0.202',
    'a_duration_seconds_bucket{le="0.0025",call="place"} 1',
    'a_duration_seconds_count{call="other"} 2',
  ]) {
    assert.ok(lines.includes(line), line);
  }
  assert.equal(lines.filter((line) => line.startsWith('a_duration_seconds_count{')).length, METRIC_SERIES_LIMIT);
});

test('two services of a process do not share their values, and each tells of the process', async () => {
  const [one, other] = [metricsOf({ ...quiet, count: 1 }), metricsOf({ ...quiet, count: 2 })];
  const texts = await Promise.all([linesOf(one), linesOf(other)]);
  assert.ok(texts[0].includes('a_count_total 1'));
  assert.ok(texts[1].includes('a_count_total 2'));
  for (const lines of texts) {
    for (const name of [
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_p99_seconds',
      'nodejs_heap_size_used_bytes',
    ]) {
      assert.equal(lines.filter((line) => line.startsWith(`${name} `)).length, 1, name);
    }
    assert.ok(lines.includes('# TYPE nodejs_gc_duration_seconds histogram'));
  }
});

test('what several ask for at once is whole for each', async () => {
  let asked = 0;
  const metrics = createMetrics({
    definitions,
    state: () => ++asked,
    readers: {
      a_count_total: (count: number) => count,
      a_level: (count: number) => count,
      a_state: (count: number) => [[[`s${count}`] as const, count] as const],
    },
    leftOut: 'a_metrics_left_out',
  });
  const texts = await Promise.all([1, 2, 3].map(() => linesOf(metrics)));
  texts.forEach((lines, index) => {
    const count = index + 1;
    for (const line of [`a_count_total ${count}`, `a_level ${count}`, `a_state{state="s${count}"} ${count}`]) {
      assert.ok(lines.includes(line), line);
    }
  });
});
