import { deployYaml } from './deploy-file.ts';

export interface AlertRule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: Record<string, string>;
}

/** Every alert of prometheus/alerts.yml. */
export function alertRules(): AlertRule[] {
  const { groups } = deployYaml('prometheus/alerts.yml') as { groups: { rules: AlertRule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}
