import type { Service } from '@inspector/service';
import { alertRoutes } from './alert-routes.ts';
import { auditExportRoutes } from './audit-export-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { checkRoutes } from './check-routes.ts';
import { equityRoutes } from './equity-routes.ts';
import { eventRoutes } from './event-routes.ts';
import { governorRoutes } from './governor-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { idempotencyRoutes } from './idempotency-routes.ts';
import { killSwitchRoutes } from './kill-switch-routes.ts';
import { leaseRoutes } from './lease-routes.ts';
import { optionsRoutes } from './options-routes.ts';
import { optionsSchemaRoutes } from './options-schema-routes.ts';
import type { HttpPorts } from './ports.ts';
import { positionRoutes } from './position-routes.ts';
import { reconcileRoutes } from './reconcile-routes.ts';
import { replicaRoutes } from './replica-routes.ts';
import { riskRoutes } from './risk-routes.ts';
import type { AddRoutes } from './route.ts';
import { systemRoutes } from './system-routes.ts';
import { tradeRoutes } from './trade-routes.ts';

const INSPECTOR_PREFIX = '/api/inspector';

const subjects: readonly AddRoutes<HttpPorts>[] = [
  optionsRoutes,
  optionsSchemaRoutes,
  healthRoutes,
  riskRoutes,
  equityRoutes,
  auditRoutes,
  auditExportRoutes,
  checkRoutes,
  positionRoutes,
  governorRoutes,
  systemRoutes,
  killSwitchRoutes,
  eventRoutes,
  idempotencyRoutes,
  reconcileRoutes,
  tradeRoutes,
  leaseRoutes,
  alertRoutes,
  replicaRoutes,
];

/** Every call of the Inspector's REST, each subject in a scope of its own. */
export async function inspectorRoutes(app: Service, ports: HttpPorts): Promise<void> {
  for (const addRoutes of subjects) {
    await app.register(
      async (scope) => {
        addRoutes(scope as Service, ports);
      },
      { prefix: INSPECTOR_PREFIX },
    );
  }
}
