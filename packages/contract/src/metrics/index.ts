export { type InspectorMetricTable, inspectorMetricTable } from './inspector-metrics.ts';
export { METRIC_SERIES_LIMIT, type MetricDefinition } from './metric.ts';
export { type ProviderMetricTable, providerMetricTable } from './provider-metrics.ts';
