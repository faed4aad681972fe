/** What a metric is: dashboards and alert rules are written against names and labels, so they are part of the contract. */
export interface MetricDefinition {
  /** `counter` only grows while a process lives; `histogram` has `_bucket`, `_sum` and `_count`. */
  type: 'counter' | 'gauge' | 'histogram';
  /** Their values are bounded: codes, kinds, actions, accounts, connectors, routes; never ids, never words of people. */
  labels: readonly string[];
  help: string;
}

/** Series of one metric in one answer; further ones are left out and counted, so that a scraper is never flooded. */
export const METRIC_SERIES_LIMIT = 500;

const metric =
  <Type extends MetricDefinition['type']>(type: Type) =>
  <const Labels extends readonly string[]>(help: string, ...labels: Labels) => ({ type, help, labels });

export const counter = metric('counter');
export const gauge = metric('gauge');
export const histogram = metric('histogram');
