import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '@inspector/contract';
import { type Connector, createPaperConnector, openReplayConnector } from '@inspector/provider/connectors';

/** The venues that `CONNECTORS` names. The paper account is kept in the data directory. */
export async function openConnectors({ connectors, paper, inspector }: Environment): Promise<Connector[]> {
  const opened: Connector[] = [];
  for (const spec of connectors) {
    if (spec.kind === 'paper') {
      mkdirSync(inspector.dataDir, { recursive: true });
      opened.push(createPaperConnector({ ...paper, storeFile: join(inspector.dataDir, 'paper.db') }));
    } else if (spec.kind === 'replay') {
      opened.push(await openReplayConnector({ ...paper, file: spec.file }));
    }
  }
  return opened;
}
