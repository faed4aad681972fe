/** The rows that are measured, in their order. */
import { capturePath } from './capture/capture-path.ts';
import { decisionRate } from './entries/decision-rate.ts';
import { growth } from './growth/growth.ts';
import { durableAudit } from './journal/durable-audit.ts';
import { memory } from './memory/memory.ts';
import { riskReads } from './rest/risk-reads.ts';
import type { Row } from './row.ts';
import { startTime } from './start/start-time.ts';
import { stopToClose } from './stops/stop-to-close.ts';
import { streamsToEvents } from './streams/streams-to-events.ts';
import { pageFrames, pageMemory } from './studio/page-under-load.ts';
import { tickPath } from './ticks/tick-path.ts';
import { liveEvents } from './ws/live-events.ts';

export const rows: readonly Row[] = [
  tickPath,
  decisionRate,
  capturePath,
  streamsToEvents,
  stopToClose,
  durableAudit,
  riskReads,
  liveEvents,
  startTime,
  memory,
  growth,
  pageFrames,
  pageMemory,
];
