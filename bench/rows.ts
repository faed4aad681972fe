/** The rows that are measured, in their order, and those that wait for what they measure. */
import { capturePath } from './capture/capture-path.ts';
import { decisionRate } from './entries/decision-rate.ts';
import { growth } from './growth/growth.ts';
import { durableAudit } from './journal/durable-audit.ts';
import { memory } from './memory/memory.ts';
import type { Row } from './row.ts';
import { startTime } from './start/start-time.ts';
import { stopToClose } from './stops/stop-to-close.ts';
import { tickPath } from './ticks/tick-path.ts';

export const rows: readonly Row[] = [
  tickPath,
  decisionRate,
  capturePath,
  stopToClose,
  durableAudit,
  startTime,
  memory,
  growth,
];

export const laterRows: readonly Pick<Row, 'id' | 'title'>[] = [
  { id: 'P4', title: 'Redis Streams → ingest → engine → `INSPECTOR_*` published (with the Redis bus)' },
  { id: 'P7', title: '`GET /risk/kpi`, 2,000 positions live, 100 connections' },
  { id: 'P8', title: '`/ws`: 500 clients, 1,000 `INSPECTOR_*` events/s' },
];
