/** An operator's call of a replay file, as the engine takes it. */
import {
  type CommandName,
  commandSchemas,
  describeErrors,
  type ErrorCode,
  isCommandName,
  type Options,
} from '@inspector/contract';
import type { EngineInput } from '@inspector/engine';
import { Compile, type Validator } from 'typebox/compile';
import { SAMPLE_LIMIT } from '../bus/bounds.ts';
import { optionsInput } from './options-input.ts';

export interface CommandCall {
  payload: unknown;
  /** The options in force. */
  options: Options;
  now: number;
}

/** Who acts where a file does not say; over REST it would be the token's name. */
const DEFAULT_ACTOR = 'operator';

const validators = new Map<CommandName, Validator>();

/** A `command` or `options` input, or, for what REST would refuse for its form, a dead letter with REST's code. */
export function commandInput({ payload, options, now }: CommandCall): EngineInput {
  const refuse = (code: ErrorCode, reason: string): EngineInput => {
    const sample = (JSON.stringify(payload) ?? '').slice(0, SAMPLE_LIMIT);
    return { kind: 'dead-letter', now, code, reason, eventType: 'COMMAND', sample };
  };
  const { command: name } = (payload ?? {}) as { command?: unknown };
  if (typeof name !== 'string') return refuse('VALIDATION_FAILED', '/command is not a string');
  if (!isCommandName(name)) return refuse('COMMAND_UNKNOWN', `there is no command ${name.slice(0, 64)}`);
  const validator = validatorOf(name);
  if (!validator.Check(payload)) return refuse('VALIDATION_FAILED', listed(describeErrors(validator.Errors(payload))));

  const {
    command,
    actor = DEFAULT_ACTOR,
    ...fields
  } = payload as { command: string; actor?: string } & Record<string, unknown>;
  if (command !== 'options') return { kind: 'command', now, command, actor, fields };
  const { options: patch, reason } = fields as { options: unknown; reason?: string };
  const change = optionsInput({ now, current: options, patch, actor, ...(reason === undefined ? {} : { reason }) });
  return 'input' in change ? change.input : refuse('OPTIONS_INVALID', listed(change.errors));
}

function validatorOf(name: CommandName): Validator {
  const known = validators.get(name);
  if (known) return known;
  const compiled: Validator = Compile(commandSchemas[name]);
  validators.set(name, compiled);
  return compiled;
}

function listed(errors: readonly { path: string; message: string }[]): string {
  return errors.map(({ path, message }) => `${path} ${message}`).join('; ');
}
