import {
  AcceptedSchema,
  type GovernorAction,
  StanddownBodySchema,
  type SystemState,
  SystemStateSchema,
} from '@inspector/contract';
import { acceptCommand } from './command.ts';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

type SystemPorts = Pick<HttpPorts, 'ask' | 'journal' | 'picture' | 'nodes' | 'configuration'>;

/** The service as a whole, and the switch that stops new entries. */
export const systemRoutes: AddRoutes<SystemPorts> = (app, ports) => {
  const tags = ['system'];

  app.post(
    '/system/standdown',
    {
      config: { role: 'operator' },
      schema: {
        tags,
        summary: 'Stops new entries, or lets them in again; exits keep working',
        body: StanddownBodySchema,
        response: { 200: AcceptedSchema },
      },
    },
    (request, reply) => acceptCommand(ports, { command: 'standdown', fields: request.body }, { request, reply }),
  );

  for (const url of ['/system', '/system/state']) {
    app.get(
      url,
      {
        config: { role: 'viewer' },
        schema: { tags, summary: 'Health, state and configuration together', response: { 200: SystemStateSchema } },
      },
      () => systemState(ports),
    );
  }
};

/** Parts without which nothing can be approved. */
const vitalNodes: readonly string[] = ['runner', 'journal', 'bus'];

/** Actions that keep entries out. */
const entriesRefused: readonly GovernorAction[] = ['BLOCK', 'STAND_DOWN', 'CLOSE_ALL'];

function systemState({ picture, nodes, configuration }: Omit<SystemPorts, 'ask' | 'journal'>): SystemState {
  const { seq, timestamp, optionsVersion, governor, reconciliation } = picture();
  const told = nodes().map((node) => ({ ...node, line: `${node.name}: ${node.reason ?? node.state}` }));
  const down = told.filter((node) => node.state === 'down' && vitalNodes.includes(node.name));
  const worn = told.filter((node) => node.state === 'degraded' || (node.state === 'down' && !down.includes(node)));
  const unreconciled = reconciliation.filter((account) => !account.reconciled || account.streamGap);
  const blockedReasons = [
    ...down.map((node) => node.line),
    ...unreconciled.map((account) => `${account.accountKey}: ${account.streamGap ? 'STREAM_GAP' : 'NOT_RECONCILED'}`),
    ...(entriesRefused.includes(governor.action) ? governor.reasons : []),
  ];
  const degradedReasons = worn.map((node) => node.line);
  const state = blockedReasons.length > 0 ? 'blocked' : degradedReasons.length > 0 ? 'degraded' : 'ok';
  return {
    health: { state, degradedReasons, blockedReasons },
    systemState: {
      action: governor.action,
      locks: governor.locks,
      killSwitch: governor.killSwitch,
      accounts: reconciliation,
      optionsVersion,
      seq,
      timestamp,
    },
    runtimeConfig: { ...configuration },
  };
}
