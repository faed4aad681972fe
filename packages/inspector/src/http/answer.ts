import type { Reply } from '@inspector/engine';
import { type Caller, refusedWith } from '@inspector/service';

/** A second: long enough for a stalled disk to be tried again, short enough for a bot to wait. */
const RETRY_AFTER_S = '1';

/** What the engine answered, or a problem with its status and code. */
export function resultOf(reply: Reply): unknown {
  if (reply.ok) return reply.result;
  const { status, code, message } = reply;
  throw refusedWith(
    { status, code, detail: message },
    status === 503 ? { headers: { 'retry-after': RETRY_AFTER_S } } : {},
  );
}

/** Who a command is of: whom the body names, else whoever holds the token. */
export const actorOf = (caller: Caller, named: string | undefined): string => named ?? caller.name;
