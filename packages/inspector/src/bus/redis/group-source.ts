import type { RedisConnection, RedisReply } from '../../redis/index.ts';
import { acknowledge } from './acknowledge.ts';
import { CLAIM_IDLE_MS, CLAIM_LIMIT, CLAIM_PATIENCE_MS, READ_DEADLINE_MS } from './bounds.ts';
import { type Entry, entriesOf } from './entries.ts';
import { enterGeneration, fenceOf, judgeGeneration } from './fence.ts';
import type { Source } from './source.ts';
import { readStreamFacts } from './stream-facts.ts';
import { FIRST_ID } from './stream-id.ts';
import type { StreamState } from './stream-state.ts';

export interface GroupConfig {
  /** For everything but reads, which would hold the rest up while they wait. */
  commands: RedisConnection;
  reading: RedisConnection;
  group: string;
  consumer: string;
  /** True for a reader that takes the place of another, and must not be disturbed by it. */
  takesOver: boolean;
}

/** Reads through a consumer group: Redis remembers what was taken and what was acknowledged. */
export function createGroupSource({ commands, reading, group, consumer, takesOver }: GroupConfig): Source {
  let generation = '';

  /** Ids that other consumers of the group took long enough ago, and whether they hold more. */
  async function heldByOthers(name: string, idleMs: number): Promise<{ ids: string[]; isMore: boolean }> {
    const summary = (await commands.send(['XPENDING', name, group])) as readonly RedisReply[];
    const consumers = ((summary[3] ?? []) as readonly [string, string][]).map(([other]) => other);
    const others = consumers.filter((other) => other !== consumer);
    const ids: string[] = [];
    // Not XAUTOCLAIM: that takes one's own entries too, which may be with the handler at this moment.
    for (const other of others) {
      const words = ['XPENDING', name, group, 'IDLE', String(idleMs), '-', '+', String(CLAIM_LIMIT), other];
      const found = (await commands.send(words)) as readonly [string, ...RedisReply[]][];
      ids.push(...found.map(([id]) => id));
    }
    return { ids, isMore: others.length > 0 };
  }

  async function claimBeforeReading(stream: StreamState): Promise<void> {
    const now = performance.now();
    if (stream.claimingSince === 0) stream.claimingSince = now;
    const idleMs = takesOver ? 0 : CLAIM_IDLE_MS; // whoever was before a takeover is fenced out
    const { ids, isMore } = await heldByOthers(stream.name, idleMs);
    if (ids.length > 0) {
      await commands.send(['XCLAIM', stream.name, group, consumer, String(idleMs), ...ids, 'JUSTID']);
    } else if (!isMore || now - stream.claimingSince > CLAIM_PATIENCE_MS) {
      stream.claimingSince = 0;
      stream.phase = 'history'; // they are this consumer's own now, and come in order with what it held itself
      stream.lastRead = FIRST_ID;
    }
  }

  async function claimWhileReading(stream: StreamState): Promise<Entry<StreamState>[]> {
    const { ids } = await heldByOthers(stream.name, CLAIM_IDLE_MS);
    if (ids.length === 0) return [];
    const words = ['XCLAIM', stream.name, group, consumer, String(CLAIM_IDLE_MS), ...ids];
    return entriesOf(stream, await commands.send(words));
  }

  return {
    async enter(isStart) {
      if (!isStart) {
        const judgement = await judgeGeneration(commands, group, generation);
        if (judgement !== 'gone') return judgement === 'ours' ? 'entered' : 'superseded';
      }
      generation = await enterGeneration(commands, group, isStart && takesOver ? 'take over' : 'join');
      return 'entered';
    },

    facts: (names) => readStreamFacts(commands, names, group),

    async place(name, facts, { createAt }) {
      if (createAt === undefined) return;
      if (facts.group) await commands.send(['XGROUP', 'DESTROY', name, group]);
      await commands.send(['XGROUP', 'CREATE', name, group, createAt, 'MKSTREAM']).catch((error: unknown) => {
        if (!String((error as Error).message).startsWith('BUSYGROUP')) throw error; // its other consumer was quicker
      });
      // A group without a consumer would not hold the stream until the first read.
      await commands.send(['XGROUP', 'CREATECONSUMER', name, group, consumer]);
    },

    async read(streams, count, blockMs) {
      const words = [
        'XREADGROUP',
        'GROUP',
        group,
        consumer,
        'COUNT',
        String(count),
        'BLOCK',
        String(blockMs),
        'STREAMS',
      ];
      words.push(fenceOf(group, generation));
      for (const { name } of streams) words.push(name);
      words.push('>');
      for (const { phase, lastRead } of streams) words.push(phase === 'history' ? lastRead : '>');
      const reply = (await reading.send(words, blockMs + READ_DEADLINE_MS)) as readonly [string, RedisReply][] | null;
      const byName = new Map(streams.map((stream) => [stream.name, stream]));
      const lists: Entry<StreamState>[][] = [];
      for (const [name, answered] of reply ?? []) {
        const stream = byName.get(name);
        if (stream === undefined) continue; // the fence itself
        const entries = entriesOf(stream, answered);
        if (entries.length > 0) lists.push(entries);
        else if (stream.phase === 'history') stream.phase = 'live';
      }
      return lists;
    },

    async claim(streams) {
      const claimed: Entry<StreamState>[][] = [];
      for (const stream of streams) {
        if (stream.phase === 'claiming') await claimBeforeReading(stream);
        else if (stream.phase === 'live') claimed.push(await claimWhileReading(stream));
      }
      return claimed.filter((list) => list.length > 0);
    },

    async acknowledge(ids) {
      await acknowledge(commands, { group, fence: fenceOf(group, generation) }, ids);
    },
  };
}
