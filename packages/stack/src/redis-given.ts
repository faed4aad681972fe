import { createClient } from 'redis';
import { stackError } from '#stack-error.ts';

const ANSWER_MS = 3_000;

/** An address as it may be shown. */
export function withoutSecrets(url: string): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  return shown.href.replace(/\/$/, '');
}

/** Throws `REDIS_UNAVAILABLE` when the Redis of that address does not take commands. */
export async function checkRedis(url: string): Promise<void> {
  const client = createClient({
    url,
    socket: { connectTimeout: ANSWER_MS, socketTimeout: ANSWER_MS, reconnectStrategy: false },
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    const why = error instanceof Error ? error.message || String((error as { code?: unknown }).code) : String(error);
    throw stackError('REDIS_UNAVAILABLE', `Redis at ${withoutSecrets(url)} does not answer: ${why}`, [
      'Start it, or change EVENT_BUS_URL (REDIS_URL, REDIS_HOST), or unset it: then one is started here.',
    ]);
  } finally {
    if (client.isOpen) client.destroy();
  }
}
