import type { RedisConnection } from '../../redis/index.ts';
import { appendKept } from './append-kept.ts';
import { loadScript } from './script.ts';

const PROBE = 'bus:probe';

/** Every command that the bus lives on, in a form that changes nothing. */
const probes: readonly (readonly string[])[] = [
  ['XADD', PROBE, 'NOMKSTREAM', '*', 'event', '{}'],
  ['XLEN', PROBE],
  ['XTRIM', PROBE, 'MAXLEN', '0'],
  ['XINFO', 'STREAM', PROBE],
  ['XINFO', 'GROUPS', PROBE],
  ['XINFO', 'CONSUMERS', PROBE, PROBE],
  ['XGROUP', 'DESTROY', PROBE, PROBE],
  ['XREAD', 'COUNT', '1', 'STREAMS', PROBE, '$'],
  ['XREADGROUP', 'GROUP', PROBE, PROBE, 'COUNT', '1', 'STREAMS', PROBE, '>'],
  ['XACK', PROBE, PROBE, '0-1'],
  ['XPENDING', PROBE, PROBE],
  ['XCLAIM', PROBE, PROBE, PROBE, '0', '0-1'],
  ['EVAL', 'return 1', '0'],
  ['SCAN', '0', 'COUNT', '1'],
  ['GET', PROBE],
  ['EXISTS', PROBE],
  ['DEL', PROBE],
];

/** Rejects with `REDIS_PERMISSION`, naming what the user may not do, before the first event needs it. */
export async function checkPermissions(connection: RedisConnection): Promise<void> {
  const answers = await Promise.allSettled([
    ...probes.map((words) => connection.send(words)),
    loadScript(connection, appendKept),
  ]);
  for (const answer of answers) {
    if (answer.status === 'fulfilled') continue;
    // Of a key that is not there most commands complain; that they got so far is the answer.
    const error = connection.explain(answer.reason);
    if (error.code !== 'REDIS_REFUSED') throw error;
  }
}
