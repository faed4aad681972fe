import type {
  EventBusLatency,
  InspectorHealth,
  KillPreviewBody,
  KillPreviewResponse,
  NodeHealth,
  Options,
} from '@inspector/contract';
import type { Picture, Reply } from '@inspector/engine';
import type { Alerting } from '../alerts/index.ts';
import type { EquityHistory } from '../equity/index.ts';
import type { Journal } from '../journal/journal.ts';
import type { AnalyticalCopy } from '../outbox/index.ts';
import type { Question } from '../runner/runner-port.ts';
import type { Views } from '../views/views.ts';

/** What the routes read and ask. They see views and pictures, never the engine's state. */
export interface HttpPorts {
  /** Puts a command or check to the runner; the answer is durable. Never rejects. */
  ask(question: Question): Promise<Reply>;
  /** The newest picture; the same object until it is renewed. */
  picture(): Picture;
  /** The options in force now, for a change that is merged into them. */
  settings(): { options: Options; version: number };
  journal: Pick<Journal, 'queryAudit' | 'auditLines' | 'firstSeq' | 'lastSeq'>;
  views: Views;
  /** Equity over time. */
  equity: Pick<EquityHistory, 'read'>;
  killPreview(request: KillPreviewBody): KillPreviewResponse;
  /** Compares with the venue now, one account or all; resolves when that is done. */
  reconcile(accountKey?: string): Promise<void>;
  health(): InspectorHealth;
  nodes(): NodeHealth[];
  busLatency(): EventBusLatency['byType'];
  /** Effective configuration; nothing secret is in it. */
  configuration: Readonly<Record<string, unknown>>;
  /** The copy of the trail in QuestDB; null where none is configured. */
  analytics: AnalyticalCopy | null;
  /** What people were told. Only the instance that acts can try whether they are reached. */
  alerts: Pick<Alerting, 'recent' | 'test'> & { mayTest(): boolean };
  /** The store as a file, for a standby. */
  storeCopy: StoreCopy;
  now(): number;
}

export interface StoreCopy {
  directory: string;
  /** Only the instance that acts gives copies: another may be behind itself. */
  isActive(): boolean;
  copyTo(file: string): Promise<void>;
}
