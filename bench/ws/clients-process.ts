/**
 * Clients of one server in a process of their own. Arguments: port, token, number of clients. What they are told and tell
 * goes over the channel of `fork`; the process ends with it.
 */
import { connectSocket } from './socket-client.ts';

/** From the parent. Event k of a round is due at `begunAt` + k × `intervalMs`, as `timeOrigin + now()` of performance. */
export interface Round {
  events: number;
  firstSeq: number;
  begunAt: number;
  intervalMs: number;
}

/** Asks for what came of the round so far. */
export const RESULT_QUESTION = 'result';

export interface RoundResult {
  /** From the due time to the receipt, of sampled clients, in ms. */
  latencies: number[];
  /** Events that did not come, over all clients. */
  missing: number;
  /** Events past the round, and those of other types than were sent, such as `lagged`. */
  surplus: number;
  /** Clients that the server has let go since the start. */
  ended: number;
}

export type Told =
  | { kind: 'connected' }
  /** Every client has received so many events of the round. */
  | { kind: 'received'; events: number }
  | { kind: 'result'; result: RoundResult }
  | { kind: 'failed'; reason: string };

/** How often the parent is told of progress, in events. */
const TOLD_EVERY = 32;
/** Latency is noted by one client in so many, and one of its events in so many is read and compared. */
const CLIENTS_PER_SAMPLER = 10;
const EVENTS_PER_LOOK = 50;

const [port = 0, , count = 0] = process.argv.slice(2).map(Number);
const token = process.argv[3] ?? '';
const received = new Uint32Array(count);
let round: Round | undefined;
let latencies: number[] = [];
let connected = 0;
let surplus = 0;
let ended = 0;
let threshold = TOLD_EVERY;
/** Clients that have received as many as the threshold. */
let reached = 0;

const tell = (told: Told) => void process.send?.(told);
const fail = (reason: string) => tell({ kind: 'failed', reason });

function onEvent(client: number, bytes: Buffer, { start, end }: { start: number; end: number }): void {
  if (round === undefined || received[client]! >= round.events || !isInspectorEvent(bytes, start)) {
    surplus++;
    return;
  }
  const index = received[client]!++;
  if (client % CLIENTS_PER_SAMPLER === 0) sample(round, index, () => bytes.toString('utf8', start, end));
  if (index + 1 === threshold) reached++;
  if (reached === count) passThreshold(round);
}

/** `["INSPECTOR_…`: what else comes is not of the round. */
const isInspectorEvent = (bytes: Buffer, start: number) => bytes[start + 2] === 0x49;

function sample({ begunAt, intervalMs, firstSeq }: Round, index: number, text: () => string): void {
  latencies.push(performance.timeOrigin + performance.now() - (begunAt + index * intervalMs));
  if (index % EVENTS_PER_LOOK !== 0) return;
  const [, envelope] = JSON.parse(text()) as [string, { seq: number }];
  if (envelope.seq !== firstSeq + index) fail(`event ${firstSeq + index} was due, ${envelope.seq} came`);
}

function passThreshold({ events }: Round): void {
  tell({ kind: 'received', events: threshold });
  if (threshold === events) return;
  threshold = Math.min(events, threshold + TOLD_EVERY);
  reached = received.reduce((sum, events) => sum + (events >= threshold ? 1 : 0), 0);
  if (reached === count && round !== undefined) passThreshold(round);
}

process.on('message', (next: Round | typeof RESULT_QUESTION) => {
  if (next === RESULT_QUESTION) {
    const missing = received.reduce((sum, events) => sum + (round?.events ?? 0) - events, 0);
    tell({ kind: 'result', result: { latencies, missing, surplus, ended } });
    return;
  }
  round = next;
  latencies = [];
  surplus = 0;
  received.fill(0);
  threshold = Math.min(next.events, TOLD_EVERY);
  reached = 0;
  tell({ kind: 'received', events: 0 });
});
process.on('disconnect', () => process.exit(0));

for (let client = 0; client < count; client++) {
  connectSocket({
    port,
    token,
    onReady: () => {
      connected++;
      if (connected === count) tell({ kind: 'connected' });
    },
    onEvent: (bytes, start, end) => onEvent(client, bytes, { start, end }),
    onEnd: (reason) => {
      // Before all are connected it is a fault of the setting; later it is a result.
      if (connected < count) fail(reason);
      else ended++;
    },
  });
}
