import { inspectorMetricTable, providerMetricTable } from '@inspector/contract';

const tables: Readonly<Record<string, { type: string; labels: readonly string[] }>> = {
  ...inspectorMetricTable,
  ...providerMetricTable,
};

/** What PromQL names of ours that docs/metrics.md does not have, label names included. Empty: all is there. */
export function unknownMetrics(expression: string): string[] {
  return selectorsOf(expression).flatMap(({ name, labels }) => {
    const base = name.replace(/_(bucket|sum|count)$/, '');
    const metric = tables[name] ?? (tables[base]?.type === 'histogram' ? tables[base] : undefined);
    if (metric === undefined) return [name];
    // What a scrape adds.
    const known = [...metric.labels, 'le', 'job', 'instance', 'app_key'];
    return labels.filter((label) => !known.includes(label)).map((label) => `${name}{${label}}`);
  });
}

/** Each selector of a metric of ours, as written, without its range. */
export function selectorsOf(expression: string): { name: string; text: string; labels: string[] }[] {
  const found = expression.matchAll(/\b((?:inspector|provider)_[a-z_]+)(\{[^}]*\})?/g);
  return [...found].map(([text, name = '', matchers = '']) => ({
    name,
    text,
    labels: [...matchers.matchAll(/([a-z_]+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
  }));
}
