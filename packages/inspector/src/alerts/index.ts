export type { AlertsConfig } from './config/alerts-config.ts';
export { type AlertsResult, type AlertsSources, readAlerts } from './config/read-alerts.ts';
export { type Alerting, type AlertingState, startAlerts } from './start-alerts.ts';
