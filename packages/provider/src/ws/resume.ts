import type { Envelope } from '@inspector/contract';
import { type AuditAfter, eventOfRecord } from './audited-events.ts';
import type { Client } from './client.ts';
import type { EventHub } from './event-hub.ts';
import { queuedPackets } from './queued-packets.ts';

/** Records asked of the audit trail at once. */
export const RESUME_PAGE_RECORDS = 1_000;

/** A resume from further back than these records is refused: such a client reads the audit over REST. */
export const RESUME_RECORDS_LIMIT = 200_000;

/** Records between two looks at how far the client has come. */
const REPLAY_BURST_RECORDS = 256;

/** A replay waits while the client has more packets than these before it. */
const REPLAY_QUEUED_PACKETS = 512;
const DRAIN_POLL_MS = 10;

/** A client that takes nothing of a replay for this long is given up: it goes live with what it has been sent. */
const DRAIN_LIMIT_MS = 30_000;

export type ResumeAnswer =
  /** `lostThroughSeq`: the trail no longer has what is between `afterSeq` and this. */
  { ok: true; replayed: number; throughSeq: number; lostThroughSeq?: number } | Refusal;

interface Refusal {
  ok: false;
  code: 'RESUME_TOO_FAR' | 'RESUME_RUNNING' | 'AUDIT_UNAVAILABLE' | 'LAGGING';
  message: string;
}

/**
 * Sends the audited events after `afterSeq` that this connection has not been sent, oldest first, then goes live. The
 * last part comes from memory in the same turn as going live, so nothing is lost or doubled in between.
 */
export async function resume(
  hub: EventHub,
  client: Client,
  afterSeq: number,
  auditAfter: AuditAfter | undefined,
): Promise<ResumeAnswer> {
  if (client.state === 'lagging') return refused('LAGGING', 'the client has not taken what it was sent before');
  if (client.state === 'replaying') return refused('RESUME_RUNNING', 'a resume is running already');
  hub.beginReplay(client);
  client.cursor = afterSeq;
  let replayed = 0;
  const send = (envelope: Envelope): void => {
    const seq = envelope.seq as number;
    if (seq > client.cursor && !client.delivered.has(seq) && hub.deliver(client, envelope)) replayed += 1;
  };
  try {
    const trail = await replayTrail(hub, client, send, auditAfter);
    if (!client.socket.connected) return refused('AUDIT_UNAVAILABLE', 'disconnected');
    // One turn from here: what came live during the replay, then the room.
    client.delivered.add(afterSeq, client.cursor);
    for (const envelope of hub.recent.after(client.cursor)) send(envelope);
    const { lastSeq } = hub.recent;
    client.delivered.add(Math.max(client.cursor, Math.min(hub.recent.coveredFrom(), lastSeq())), lastSeq());
    if (trail.kind === 'failed') return trail.answer;
    client.cursor = Math.max(client.cursor, lastSeq());
    const { lostThroughSeq } = trail;
    return {
      ok: true,
      replayed,
      throughSeq: client.cursor,
      ...(lostThroughSeq === undefined ? {} : { lostThroughSeq }),
    };
  } finally {
    if (client.socket.connected) hub.endReplay(client);
  }
}

type TrailReplayed = { kind: 'done'; lostThroughSeq?: number } | { kind: 'failed'; answer: Refusal };

/** Pages through the trail until the events in memory take over, or to its end. */
async function replayTrail(
  hub: EventHub,
  client: Client,
  send: (envelope: Envelope) => void,
  auditAfter: AuditAfter | undefined,
): Promise<TrailReplayed> {
  const began = client.cursor;
  let lost: { lostThroughSeq?: number } = {};
  while (!hub.recent.covers(client.cursor)) {
    if (auditAfter === undefined) return failed('AUDIT_UNAVAILABLE', 'no audit trail is connected');
    const records = await page(auditAfter, client.cursor);
    if (records === undefined) return failed('AUDIT_UNAVAILABLE', 'the audit trail cannot be read now');
    const firstSeq = records[0]?.seq ?? 0;
    if (client.cursor === began && firstSeq > began + 1) lost = { lostThroughSeq: firstSeq - 1 };
    for (const [index, record] of records.entries()) {
      if (index % REPLAY_BURST_RECORDS === 0 && !(await drained(client))) {
        return failed('LAGGING', 'the client does not take what it is sent');
      }
      const event = eventOfRecord(record);
      if (event !== undefined) send(event);
      client.cursor = Math.max(client.cursor, record.seq);
    }
    if (records.length < RESUME_PAGE_RECORDS) break;
    if (client.cursor - began > RESUME_RECORDS_LIMIT) {
      return failed('RESUME_TOO_FAR', `only ${RESUME_RECORDS_LIMIT} records are replayed at once`);
    }
  }
  return { kind: 'done', ...lost };
}

const failed = (code: Refusal['code'], message: string): TrailReplayed => ({
  kind: 'failed',
  answer: refused(code, message),
});

async function page(auditAfter: AuditAfter, afterSeq: number) {
  try {
    return await auditAfter(afterSeq, RESUME_PAGE_RECORDS);
  } catch {
    return undefined;
  }
}

/** False when the client went away or took nothing for too long. */
async function drained({ socket }: Client): Promise<boolean> {
  for (let waited = 0; waited <= DRAIN_LIMIT_MS; waited += DRAIN_POLL_MS) {
    if (!socket.connected) return false;
    if (queuedPackets(socket) <= REPLAY_QUEUED_PACKETS) return true;
    await new Promise((resolve) => setTimeout(resolve, DRAIN_POLL_MS));
  }
  return false;
}

const refused = (code: Refusal['code'], message: string): Refusal => ({ ok: false, code, message });
