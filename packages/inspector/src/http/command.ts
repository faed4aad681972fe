import type { Accepted } from '@inspector/contract';
import type { FastifyRequest } from 'fastify';
import { actorOf, resultOf } from './answer.ts';
import type { HttpPorts } from './ports.ts';

interface Commanded {
  command: string;
  /** Fields of the REST call; `actor` is taken out of them. */
  fields: Record<string, unknown> & { actor?: string };
}

interface Exchange {
  request: Pick<FastifyRequest, 'caller'>;
  reply: { statusCode: number };
}

/** Puts a command to the engine and answers what it answered, with its status, once that is durable. */
export async function answerCommand<Result>(
  ask: HttpPorts['ask'],
  { command, fields: { actor, ...fields } }: Commanded,
  { request, reply }: Exchange,
): Promise<Result> {
  const question = { kind: 'command' as const, now: 0, command, actor: actorOf(request.caller, actor), fields };
  const answer = await ask(question);
  reply.statusCode = answer.status;
  return resultOf(answer) as Result;
}

/** As `answerCommand`, for a call that answers `Accepted`: the record it left, and all before, are stored. */
export async function acceptCommand(
  { ask, journal }: Pick<HttpPorts, 'ask' | 'journal'>,
  commanded: Commanded,
  exchange: Exchange,
): Promise<Accepted> {
  const result = await answerCommand<object>(ask, commanded, exchange);
  return { ok: true, seq: journal.lastSeq, ...result };
}
