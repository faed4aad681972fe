import { type Inspector, type Replacement, startInspector } from '@inspector/inspector';
import type { Logger } from 'pino';

/** Between two starts: an instance that cannot copy the store must not ask for it without a pause. */
const PAUSE_MS = 1_000;

type Start = Parameters<typeof startInspector>;

export interface KeepInspector {
  config: Start[0];
  ports: Omit<Start[1], 'onReplaced'>;
  log: Logger;
  /** Each instance, the first and every one that follows a replaced one. Its answer is called before that is stopped. */
  onStarted(inspector: Inspector): () => void;
}

/** One Inspector of this process after the other: one that was replaced goes, and begins again as a standby. */
export interface KeptInspector {
  /** Ends in good order. A second call waits for the first. */
  stop(reason: string): Promise<void>;
}

/** Rejects with a coded error when the first one cannot start. */
export async function keepInspector({ config, ports, log, onStarted }: KeepInspector): Promise<KeptInspector> {
  /** Where the first one listens, all do: whoever knows its address goes on with it. */
  let { port } = config;
  const stopping = Promise.withResolvers<string>();
  let present = await begin(undefined);

  async function begin(before: Replacement | undefined) {
    const replaced = Promise.withResolvers<Replacement>();
    const { sharing = null } = config;
    const shared = sharing && { ...sharing, ...(before === undefined ? {} : { before }) };
    const inspector = await startInspector(
      { ...config, port, sharing: shared },
      { ...ports, onReplaced: (why) => replaced.resolve(why) },
    );
    port = Number(new URL(inspector.url).port);
    return { inspector, replaced: replaced.promise, end: onStarted(inspector) };
  }

  async function beginAgain(why: Replacement): Promise<typeof present | undefined> {
    let before = why;
    for (;;) {
      if (await isStopping(PAUSE_MS)) return undefined;
      try {
        return await begin(before);
      } catch (error) {
        log.error({ error: String(error) }, 'the Inspector could not begin again as a standby; it tries on');
        before = { reason: why.reason, ...(why.aboveEpoch === undefined ? {} : { aboveEpoch: why.aboveEpoch }) };
      }
    }
  }

  function isStopping(withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), withinMs);
      void stopping.promise.then(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }

  async function run(): Promise<void> {
    for (;;) {
      const { inspector, replaced, end } = present;
      const why = await Promise.race([replaced, stopping.promise]);
      end();
      await inspector.stop(typeof why === 'string' ? why : why.reason);
      if (typeof why === 'string') return;
      log.warn({ reason: why.reason }, 'another instance acts: this one begins again as its standby');
      const next = await beginAgain(why);
      if (next === undefined) return;
      present = next;
    }
  }

  const running = run();
  return {
    stop(reason) {
      stopping.resolve(reason);
      return running;
    },
  };
}
