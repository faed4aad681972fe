import { randomBytes, randomInt } from 'node:crypto';

/** How long a question may be answered; later it has to be asked anew. */
export const CONFIRM_MS = 60_000;
/** Wrong codes for one question; then it is void: four digits could be guessed. */
export const WRONG_CODES = 3;
/** Questions open at once; past it the oldest is void. */
const OPEN_LIMIT = 100;

/** What waits for a yes. */
export type Intent =
  | { command: 'kill'; scope: string; includeLegacy: boolean }
  | { command: 'standdown'; reason: string };

export interface Asker {
  chatId: number;
  userId: number;
}

interface Question {
  asker: Asker;
  intent: Intent;
  code: string;
  key: string;
  untilMs: number;
  wrong: number;
}

export type Decision =
  | { kind: 'confirmed'; intent: Intent }
  | { kind: 'cancelled'; intent: Intent }
  /** Over, answered already, or never asked. */
  | { kind: 'none' }
  /** Asked by somebody else, or somewhere else. */
  | { kind: 'foreign' }
  | { kind: 'wrong-code'; left: number };

/** Questions that only who asked may answer, there, once and within a minute. Times are `elapsedMs`. */
export interface Confirmations {
  /** A new question of the same person and command makes the one before void. */
  ask(asker: Asker, intent: Intent, atMs: number): { code: string; yes: string; no: string };
  /** What a button carries. */
  press(data: string, asker: Asker, atMs: number): Decision;
  /** A typed code. */
  type(code: string, command: Intent['command'], at: { asker: Asker; atMs: number }): Decision;
  cancel(command: Intent['command'], at: { asker: Asker; atMs: number }): Decision;
}

export function createConfirmations(): Confirmations {
  let open: Question[] = [];

  const isOf = ({ asker }: Question, { chatId, userId }: Asker) => asker.chatId === chatId && asker.userId === userId;
  const close = (question: Question) => {
    open = open.filter((each) => each !== question);
  };
  const forget = (atMs: number) => {
    open = open.filter(({ untilMs }) => atMs < untilMs);
  };
  const find = (command: Intent['command'], { asker, atMs }: { asker: Asker; atMs: number }) => {
    forget(atMs);
    return open.find((each) => isOf(each, asker) && each.intent.command === command);
  };

  return {
    ask(asker, intent, atMs) {
      forget(atMs);
      open = open.filter((each) => !isOf(each, asker) || each.intent.command !== intent.command);
      const code = String(randomInt(10_000)).padStart(4, '0');
      const key = randomBytes(15).toString('base64url');
      open.push({ asker, intent, code, key, untilMs: atMs + CONFIRM_MS, wrong: 0 });
      if (open.length > OPEN_LIMIT) open.shift();
      return { code, yes: `yes:${key}`, no: `no:${key}` };
    },
    press(data, asker, atMs) {
      forget(atMs);
      const [answer, key] = data.split(':');
      const question = open.find((each) => each.key === key);
      if (question === undefined || (answer !== 'yes' && answer !== 'no')) return { kind: 'none' };
      if (!isOf(question, asker)) return { kind: 'foreign' };
      close(question);
      return { kind: answer === 'yes' ? 'confirmed' : 'cancelled', intent: question.intent };
    },
    type(code, command, at) {
      const question = find(command, at);
      if (question === undefined) return { kind: 'none' };
      if (question.code === code) {
        close(question);
        return { kind: 'confirmed', intent: question.intent };
      }
      question.wrong += 1;
      if (question.wrong >= WRONG_CODES) close(question);
      return { kind: 'wrong-code', left: WRONG_CODES - question.wrong };
    },
    cancel(command, at) {
      const question = find(command, at);
      if (question === undefined) return { kind: 'none' };
      close(question);
      return { kind: 'cancelled', intent: question.intent };
    },
  };
}
