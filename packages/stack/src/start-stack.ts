/**
 * `npm run stack`: all wiring, from top to bottom.
 *
 *   detector ─▶ Redis ◀─▶ Provider ◀─▶ venue (paper)
 *                 ▲ └─▶ inspector-1, inspector-2 (one acts, the other stands by) ─▶ QuestDB
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { questdbMissing, redisMissing, startQuestdb, startRedis } from '@inspector/servers';
import { claimPorts } from '#claim-ports.ts';
import { endLeftovers } from '#end-leftovers.ts';
import { type KeptProgram, keepProgram } from '#keep-program.ts';
import { type KeptServer, keepServer, type Server } from '#keep-server.ts';
import { boundLogs } from '#log-bound.ts';
import { openPidFiles } from '#pid-files.ts';
import type { ProgramName, StackAddresses, StackPrograms } from '#programs.ts';
import { checkRedis, withoutSecrets } from '#redis-given.ts';
import { screen } from '#screen.ts';
import type { StackPorts, StackSettings } from '#settings.ts';
import { stackError } from '#stack-error.ts';
import { stackToken } from '#stack-token.ts';
import { claimDirectory, removeState, writeState } from '#state-file.ts';

export interface StackPort {
  programs: StackPrograms;
  /** One line of what happens. */
  say: (message: string) => void;
  /** The screen. */
  show: (text: string) => void;
}

export interface Stack {
  /** Ends all in good order. A second call ends all at once. */
  stop(): Promise<void>;
  /** Rejects when the start failed; what was started has then ended again. */
  started: Promise<void>;
}

/** Begins to start everything; throws a `StackError` at once when another stack has the directory. */
export function startStack(settings: StackSettings, { programs: stackPrograms, say, show }: StackPort): Stack {
  const { directory } = settings;
  claimDirectory(directory);
  const pidFiles = openPidFiles(directory);
  const keeper = { pidFiles, say };
  const programs = new Map<ProgramName, KeptProgram>();
  const servers = new Map<string, KeptServer>();
  /** Servers that are on their way, which a stop has to wait for. */
  const coming: Promise<unknown>[] = [];
  let isStopping = false;
  let stopBounding = () => {};

  const keep = (name: string, server: Server) => {
    servers.set(name, keepServer(name, server, keeper));
  };

  async function start(): Promise<void> {
    // 1. What an earlier stack left behind when it was killed.
    for (const { name, pid } of await endLeftovers(directory)) say(`ended what was left: ${name}, pid ${pid}`);

    // 2. What can be had here, and where it will listen.
    const redisReason = settings.redisUrl === undefined ? redisMissing() : undefined;
    if (redisReason !== undefined) {
      throw stackError('REDIS_MISSING', `the stack needs Redis, and ${redisReason}`, [
        'Debian: apt-get install redis-server. macOS: brew install redis.',
        'Or set EVENT_BUS_URL=redis://… of one that is there. npm start needs none.',
      ]);
    }
    if (settings.redisUrl !== undefined) await checkRedis(settings.redisUrl);
    const questdbReason = settings.questdbUrl === undefined ? await questdbMissing() : undefined;
    const startsRedis = settings.redisUrl === undefined;
    const startsQuestdb = settings.questdbUrl === undefined && questdbReason === undefined;
    const parts: (keyof StackPorts)[] = ['provider', 'inspector', 'standby'];
    if (startsRedis) parts.push('redis');
    if (startsQuestdb) parts.push('questdb');
    const ports = await claimPorts(settings.ports, parts);
    const local = (port: number) => `http://127.0.0.1:${port}`;
    const addresses: StackAddresses = {
      provider: local(ports.provider),
      inspector: local(ports.inspector),
      standby: local(ports.standby),
      redis: settings.redisUrl ?? `redis://127.0.0.1:${ports.redis}`,
      questdb: settings.questdbUrl ?? (startsQuestdb ? local(ports.questdb) : undefined),
    };
    const shown = Object.entries({ ...addresses, redis: withoutSecrets(addresses.redis) });
    const told = Object.fromEntries(shown.flatMap(([name, url]) => (url === undefined ? [] : [[name, url]])));
    writeState(directory, { addresses: told, upAt: null });

    // 3. The servers. QuestDB takes longer, and nobody waits for it: the audit's copy is written when it answers.
    const logs = join(directory, 'logs');
    mkdirSync(logs, { recursive: true });
    const folders = { redis: join(directory, 'redis'), questdb: join(directory, 'questdb') };
    if (startsQuestdb) {
      say('QuestDB starts …');
      const questdb = startQuestdb({ directory: folders.questdb, httpPort: ports.questdb }).then(
        (server) => server && keep('questdb', server),
        (error: unknown) => say(`QuestDB could not be started, going on without it: ${String(error)}`),
      );
      coming.push(questdb);
    }
    if (startsRedis) {
      say('Redis starts …');
      const redis = startRedis({ directory: folders.redis, port: ports.redis });
      coming.push(redis.catch(() => {}));
      const server = await redis;
      if (server === undefined) throw stackError('REDIS_MISSING', 'Redis could not be started');
      keep('redis', server);
    }

    // 4. The four processes, each once the one before does its work.
    const token = settings.hasToken ? undefined : stackToken(directory);
    const wanted = stackPrograms({ ...settings, ports }, { addresses, tokenFile: token?.file });
    stopBounding = boundLogs([
      ...Object.values(wanted).map(({ logFile }) => logFile),
      ...Object.entries(folders).map(([name, folder]) => join(folder, `${name}.log`)),
    ]);
    for (const name of ['provider', 'inspector-1', 'inspector-2', 'detector'] as const) {
      if (isStopping) return;
      say(`${name} starts …`);
      const kept = keepProgram(wanted[name], keeper);
      programs.set(name, kept);
      await kept.untilReady();
    }
    await Promise.all(coming);
    if (isStopping) return;
    writeState(directory, { addresses: told, upAt: Date.now() });
    show(screen({ ...settings, ports }, { addresses, secret: token?.secret, questdbMissing: questdbReason }));
  }

  /** The one that asks, those that decide (together, so that none takes over from the other), the Provider, the servers. */
  async function stopAll(): Promise<void> {
    isStopping = true;
    await programs.get('detector')?.stop();
    await Promise.all(['inspector-1' as const, 'inspector-2' as const].map((name) => programs.get(name)?.stop()));
    await programs.get('provider')?.stop();
    await Promise.all(coming);
    await Promise.all([...servers.values()].map((server) => server.stop()));
    stopBounding();
    removeState(directory);
  }

  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    if (stopping !== undefined) {
      for (const part of [...programs.values(), ...servers.values()]) part.kill();
    }
    stopping ??= stopAll();
    return stopping;
  };
  const started = start().catch(async (error: unknown) => {
    const wasStopped = isStopping;
    await (stopping ?? stop());
    if (!wasStopped) throw error;
  });
  return { stop, started };
}
