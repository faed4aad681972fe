import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the range from which systems take ports for outgoing connections and for port 0. */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const ATTEMPTS = 50;

/**
 * A free port of 127.0.0.1 that is likely to stay so while its server is down: one that the system hands out could be
 * somebody else's by the time that the server is started again.
 */
export async function fixedPort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    const server = createServer();
    try {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      return port;
    } catch {
      // Taken: another one.
    } finally {
      server.close();
    }
  }
  throw new Error(`no free port of 127.0.0.1 was found between ${LOWEST} and ${HIGHEST}`);
}
