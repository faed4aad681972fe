import { readFileSync } from 'node:fs';
import type { Environment } from '@inspector/contract';
import { type AlertsConfig, readAlerts } from '@inspector/inspector';
import { exitCodes } from './exit-codes.ts';
import { operatingError } from './operating-error.ts';
import { violationLines } from './violations.ts';

/** Who is told of alerts; null when nobody is. Throws an operating error with every violation: nothing was started. */
export function readAlertsConfiguration(environment: Environment): AlertsConfig | null {
  const result = readAlerts({ environment, env: process.env, readFile: (path) => readFileSync(path, 'utf8') });
  if ('errors' in result) {
    throw operatingError(`the alerts of ${environment.alertsFile ?? 'the environment'} are refused`, {
      code: 'ALERTS_INVALID',
      exitCode: exitCodes.usage,
      details: violationLines(result.errors),
    });
  }
  return result.alerts.targets.length === 0 ? null : result.alerts;
}
