/** Clients of one server in processes of their own, as the server's side sees them. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { RESULT_QUESTION, type Round, type RoundResult, type Told } from './clients-process.ts';

const PROGRAM = fileURLToPath(new URL('./clients-process.ts', import.meta.url));
const PROCESSES = 2;
/** A step that takes longer has failed. */
const GIVE_UP_MS = 60_000;

export interface ClientCrowd {
  /** Tells all clients that a round begins; resolves when they know. */
  begin(round: Round): Promise<void>;
  /** Events of the round that every client has received. */
  readonly received: number;
  /** Resolves when `received` has grown. */
  progress(): Promise<void>;
  /** Waits until every client has received so many, at most `withinMs`, and answers what came of the round. */
  end(events: number, withinMs?: number): Promise<RoundResult>;
  /** Ends the processes, and waits until they have. */
  close(): Promise<void>;
}

interface Part {
  child: ChildProcess;
  connected: boolean;
  received: number;
  result: RoundResult | undefined;
}

export async function gatherClients(port: number, token: string, clients: number): Promise<ClientCrowd> {
  const parts: Part[] = [];
  let failure: Error | undefined;
  let wake: (() => void)[] = [];

  function wakeAll(): void {
    const waiting = wake;
    wake = [];
    for (const resolve of waiting) resolve();
  }

  /** False when it did not become so in time. */
  async function until(isSo: () => boolean, withinMs: number): Promise<boolean> {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      wakeAll();
    }, withinMs);
    try {
      while (failure === undefined && !isLate && !isSo()) await new Promise<void>((resolve) => wake.push(resolve));
    } finally {
      clearTimeout(timer);
    }
    if (failure !== undefined) throw failure;
    return !isLate;
  }

  async function mustBe(isSo: () => boolean, what: string): Promise<void> {
    if (!(await until(isSo, GIVE_UP_MS))) throw new Error(`not so within ${GIVE_UP_MS} ms: ${what}`);
  }

  function take(part: Part, told: Told): void {
    if (told.kind === 'connected') part.connected = true;
    else if (told.kind === 'received') part.received = told.events;
    else if (told.kind === 'result') part.result = told.result;
    else failure ??= new Error(`a client: ${told.reason}`);
    wakeAll();
  }

  for (let index = 0; index < PROCESSES; index++) {
    const args = [String(port), token, String(Math.floor((clients + index) / PROCESSES))];
    const part: Part = { child: fork(PROGRAM, args), connected: false, received: 0, result: undefined };
    part.child.on('message', (told) => take(part, told as Told));
    part.child.on('error', (error) => take(part, { kind: 'failed', reason: String(error) }));
    parts.push(part);
  }
  const received = () => Math.min(...parts.map((part) => part.received));
  const crowd: ClientCrowd = {
    async begin(round) {
      for (const part of parts) {
        part.received = -1;
        part.result = undefined;
        part.child.send(round);
      }
      await mustBe(() => received() === 0, 'the clients know of the round');
    },
    get received() {
      return received();
    },
    progress() {
      const before = received();
      return mustBe(() => received() > before, 'the clients receive');
    },
    async end(events, withinMs = GIVE_UP_MS) {
      await until(() => received() >= events, withinMs);
      for (const { child } of parts) child.send(RESULT_QUESTION);
      await mustBe(() => parts.every(({ result }) => result !== undefined), 'the clients tell what they received');
      const results = parts.map(({ result }) => result!);
      const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
      return {
        latencies: results.flatMap(({ latencies }) => latencies),
        missing: sum(results.map(({ missing }) => missing)),
        surplus: sum(results.map(({ surplus }) => surplus)),
        ended: sum(results.map(({ ended }) => ended)),
      };
    },
    async close() {
      await Promise.all(
        parts.map(async ({ child }) => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const ended = once(child, 'exit');
          child.kill('SIGTERM');
          await ended;
        }),
      );
    },
  };
  try {
    await mustBe(() => parts.every(({ connected }) => connected), 'the clients are connected');
  } catch (error) {
    await crowd.close();
    throw error;
  }
  return crowd;
}
