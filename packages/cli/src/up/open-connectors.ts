import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '@inspector/contract';
import {
  type Connector,
  ConnectorError,
  type ConnectorLog,
  createPaperConnector,
  openCcxtConnector,
  openReplayConnector,
} from '@inspector/provider/connectors';
import { exitCodes } from '#process/exit-codes.ts';
import { operatingError } from '#process/operating-error.ts';

/** The venues that `CONNECTORS` names. The paper account is kept in the data directory; a live venue keeps its own. */
export async function openConnectors(
  { connectors, paper, inspector }: Environment,
  log: ConnectorLog,
): Promise<Connector[]> {
  const opened: Connector[] = [];
  for (const spec of connectors) {
    if (spec.kind === 'paper') {
      mkdirSync(inspector.dataDir, { recursive: true });
      opened.push(createPaperConnector({ ...paper, storeFile: join(inspector.dataDir, 'paper.db') }));
    } else if (spec.kind === 'replay') {
      opened.push(await openReplayConnector({ ...paper, file: spec.file }));
    } else {
      const { exchange, marketType, credentials, symbols } = spec;
      opened.push(await openCcxtConnector({ exchange, marketType, credentials, symbols, log }).catch(asBadUsage));
    }
  }
  return opened;
}

/** A venue that is not known is a mistake in the configuration, like any other word that is not known. */
function asBadUsage(error: unknown): never {
  if (!(error instanceof ConnectorError)) throw error;
  throw operatingError(`CONNECTORS: ${error.message}`, { code: error.code, exitCode: exitCodes.usage });
}
