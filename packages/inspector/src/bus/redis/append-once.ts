import { script } from './script.ts';

/**
 * Appends a message of an older client to a stream that sheds, unless another bridge did. Check and append are one step,
 * so that several bridges, who all hear the same order, write it.
 *
 * KEYS: stream, key of the message. ARGV: limit, envelope, remembered for ms. Answers the entry's id, or nothing.
 */
export const appendOnce = script(`
if redis.call('EXISTS', KEYS[2]) == 1 then return nil end
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'event', ARGV[2])
redis.call('SET', KEYS[2], '1', 'PX', ARGV[3])
return id
`);
