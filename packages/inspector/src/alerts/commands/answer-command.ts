import type { InspectorHealth, KillPreviewBody, KillPreviewResponse, KillTriggerResponse } from '@inspector/contract';
import type { Picture, Reply } from '@inspector/engine';
import type { Clock } from '../../runner/clock.ts';
import type { Question } from '../../runner/runner-port.ts';
import { type Asker, CONFIRM_MS, type Confirmations, type Decision, type Intent } from './confirmations.ts';
import { figure, money } from './figures.ts';
import { helpText } from './help-text.ts';
import type { Person } from './incoming.ts';
import { headroomText, positionsText } from './positions-text.ts';
import { resolveScope } from './resolve-scope.ts';
import { statusText } from './status-text.ts';

/** What commands read and ask: the same way as REST, never around it. */
export interface CommandPorts {
  /** Puts a command to the runner; the answer is durable. Never rejects. */
  ask(question: Question): Promise<Reply>;
  picture(): Picture;
  health(): InspectorHealth;
  killPreview(request: KillPreviewBody): KillPreviewResponse;
}

export interface CommandAnswer {
  text: string;
  /** Answers that can be pressed. */
  buttons?: readonly { text: string; data: string }[];
  /** An incident whose end is to be told. */
  incidentId?: string;
}

export interface TypedCommand {
  command: string;
  argument: string;
  chatId: number;
  person: Person;
}

/** Longest reason that is passed on. */
const REASON_CHARACTERS = 500;
/** Positions that a preview names; the rest is counted. */
const PREVIEW_POSITIONS = 10;

export interface Commands {
  /** Undefined for a command that there is none of. */
  answer(typed: TypedCommand): Promise<CommandAnswer | undefined>;
  /** What became of a question that was answered. */
  decided(decision: Decision, person: Person): Promise<CommandAnswer>;
}

export function createCommands(
  ports: CommandPorts,
  { confirmations, clock }: { confirmations: Confirmations; clock: Clock },
): Commands {
  const command = (name: string, person: Person, fields: Record<string, unknown>) =>
    ports.ask({ kind: 'command', now: 0, command: name, actor: actorOf(person), fields });

  async function standdown(
    argument: string,
    at: { asker: Asker; atMs: number },
    person: Person,
  ): Promise<CommandAnswer> {
    const [first = '', ...rest] = argument.split(' ');
    const decision = typedDecision('standdown', { first, second: rest[0] }, at);
    if (decision !== undefined) return decided(decision, person);
    if (first.toLowerCase() === 'off') {
      const reason = reasonOf(rest.join(' '), `let in again by ${person.name} over Telegram`);
      return asked(at, { command: 'standdown', reason }, 'Let new entries in again (stand-down of everything)?');
    }
    const reason = reasonOf(argument, `by ${person.name} over Telegram`);
    const reply = await command('standdown', person, { enabled: true, reason });
    return {
      text: reply.ok
        ? '🔒 New entries are shut. Exits and stops go on. /standdown off lets them in again.'
        : refusal(reply),
    };
  }

  async function kill(argument: string, at: { asker: Asker; atMs: number }, person: Person): Promise<CommandAnswer> {
    const [first = '', second = ''] = argument.split(' ');
    const decision = typedDecision('kill', { first, second }, at);
    if (decision !== undefined) return decided(decision, person);
    const words = argument.split(' ').filter(Boolean);
    const includeLegacy = words.at(-1)?.toLowerCase() === 'legacy';
    if (includeLegacy) words.pop();
    if (words.length > 1) return { text: 'Say /kill and one scope. Nothing was done. /help' };
    const resolved = resolveScope(words[0] ?? '', ports.picture());
    if ('problem' in resolved) return { text: resolved.problem };
    const { scope } = resolved;
    return asked(
      at,
      { command: 'kill', scope, includeLegacy },
      previewText(ports.killPreview({ scope, includeLegacy })),
    );
  }

  /** `confirm 1234` and `cancel`, for who has no buttons. */
  function typedDecision(
    name: Intent['command'],
    { first, second }: { first: string; second: string | undefined },
    at: { asker: Asker; atMs: number },
  ): Decision | undefined {
    if (first.toLowerCase() === 'cancel') return confirmations.cancel(name, at);
    if (first.toLowerCase() !== 'confirm') return undefined;
    return confirmations.type(second ?? '', name, at);
  }

  function asked({ asker, atMs }: { asker: Asker; atMs: number }, intent: Intent, question: string): CommandAnswer {
    const { code, yes, no } = confirmations.ask(asker, intent, atMs);
    return {
      text: `${question}\nWithin ${CONFIRM_MS / 1000} s: press Confirm, or send /${intent.command} confirm ${code}`,
      buttons: [
        { text: 'Confirm', data: yes },
        { text: 'Cancel', data: no },
      ],
    };
  }

  async function decided(decision: Decision, person: Person): Promise<CommandAnswer> {
    switch (decision.kind) {
      case 'none':
        return { text: 'There is nothing to confirm: it is over or was answered. Nothing was done.' };
      case 'foreign':
        return { text: 'Only who asked may answer.' };
      case 'wrong-code':
        return {
          text:
            decision.left > 0
              ? `That is not the code; ${decision.left} more tries. Nothing was done.`
              : 'That is not the code. Nothing was done; ask again.',
        };
      case 'cancelled':
        return { text: `Cancelled by ${person.name}. Nothing was done.` };
      case 'confirmed':
        return decision.intent.command === 'kill'
          ? killed(decision.intent, person)
          : letIn(decision.intent.reason, person);
    }
  }

  async function letIn(reason: string, person: Person): Promise<CommandAnswer> {
    const reply = await command('standdown', person, { enabled: false, reason });
    if (!reply.ok) return { text: refusal(reply) };
    const { action, reasons } = ports.picture().governor;
    const still = action === 'ALLOW' ? '' : ` Still in force: ${action}, ${reasons.slice(0, 3).join('; ')}.`;
    return { text: `🔓 The stand-down is over.${still}` };
  }

  async function killed(
    { scope, includeLegacy }: Extract<Intent, { command: 'kill' }>,
    person: Person,
  ): Promise<CommandAnswer> {
    const reason = `confirmed by ${person.name} over Telegram`;
    const reply = await command('kill-switch/trigger', person, { scope, reason, confirm: true, includeLegacy });
    if (!reply.ok) {
      // In force and not stored yet is in force: its end is told as well.
      const live =
        reply.code === 'STORE_UNAVAILABLE'
          ? ports.picture().incidents.findLast(({ rearmedAt }) => rearmedAt === null)
          : undefined;
      return { text: refusal(reply), ...(live === undefined ? {} : { incidentId: live.incidentId }) };
    }
    const { incidentId, phase } = reply.result as KillTriggerResponse;
    const text = `🔴 Kill switch ${incidentId} runs on ${scope}: ${phase}. I say when the venue shows flat.`;
    return { text, incidentId };
  }

  return {
    async answer({ command: name, argument, chatId, person }) {
      const at = { asker: { chatId, userId: person.id }, atMs: clock.elapsedMs() };
      switch (name) {
        case 'status':
          return { text: statusText(ports.picture(), ports.health()) };
        case 'positions':
          return { text: positionsText(ports.picture()) };
        case 'headroom':
          return { text: headroomText(ports.picture()) };
        case 'standdown':
          return standdown(argument, at, person);
        case 'kill':
          return kill(argument, at, person);
        case 'help':
        case 'start':
        case 'rearm':
          return { text: helpText };
        default:
          return undefined;
      }
    },
    decided,
  };
}

/** As the audit names who asked: by number, which does not change, and by name, which can be read. */
const actorOf = ({ id, username }: Person): string =>
  username === undefined ? `telegram:${id}` : `telegram:${id}:${username}`;

const reasonOf = (given: string, fallback: string): string =>
  given === '' ? fallback : given.slice(0, REASON_CHARACTERS);

/** What REST would answer, in words. STORE_UNAVAILABLE may be in force all the same: its message says so. */
const refusal = ({ status, code, message }: Extract<Reply, { ok: false }>): string =>
  `Refused: ${code} (${status}): ${message}`;

function previewText({ scope, includeLegacy, orders, positions, estimatedCostUsd }: KillPreviewResponse): string {
  const listed = positions.slice(0, PREVIEW_POSITIONS).map(({ symbol, side, quantity, notionalUsd, accountKey }) => {
    return `• ${symbol} ${side} ${figure(quantity)}, ${money(notionalUsd)} USD, ${accountKey}`;
  });
  const more = positions.length > PREVIEW_POSITIONS ? [`… and ${positions.length - PREVIEW_POSITIONS} more`] : [];
  return [
    `⚠️ KILL ${scope}${includeLegacy ? ', legacy too' : ''}?`,
    `${orders.length} orders would be cancelled, ${positions.length} positions closed at market.`,
    ...listed,
    ...more,
    `Estimated cost ${money(estimatedCostUsd)} USD. Entries in scope stay shut until it is re-armed.`,
  ].join('\n');
}
