import type { Piece, Refusal } from './next-batch.ts';
import { isQuestdbFailure } from './questdb-failure.ts';

/** A part that is answered 500 so often in a row holds something that QuestDB cannot take. */
const SERVER_ERROR_TRIES = 3;
const SERVER_ERROR_PAUSE_MS = 300;
/** So many single ones refused and nothing taken: others are tried before all of the batch is taken apart. */
export const REFUSED_IN_A_ROW = 16;

export interface Isolated {
  refused: Refusal[];
  accepted: number;
  /** A refusal was an answer 500, which may be QuestDB's own trouble. */
  hasServerErrors: boolean;
}

export interface IsolateBy {
  write(body: Buffer): Promise<void>;
  pause(delayMs: number): Promise<void>;
}

/**
 * Finds what QuestDB refuses by halving, and writes the rest. Ends early when it refuses everything: then it is not a record's
 * fault. Rejects when a call fails for another reason; it is then to be done again from the start, which does no harm.
 */
export async function isolate(pieces: readonly Piece[], { write, pause }: IsolateBy): Promise<Isolated> {
  const found: Isolated = { refused: [], accepted: 0, hasServerErrors: false };
  let isHopeless = false;

  async function refusalOf(from: number, to: number): Promise<string | undefined> {
    const body = Buffer.from(
      pieces
        .slice(from, to)
        .map((piece) => piece.text)
        .join(''),
    );
    for (let tries = 1; ; tries++) {
      try {
        await write(body);
        return undefined;
      } catch (error) {
        if (isQuestdbFailure(error, 'refused')) return error.message;
        if (!isQuestdbFailure(error, 'server-error')) throw error;
        if (tries >= SERVER_ERROR_TRIES) {
          found.hasServerErrors = true;
          return error.message;
        }
        await pause(SERVER_ERROR_PAUSE_MS);
      }
    }
  }

  /** Tries some spread over the rest of the batch. */
  async function anyTaken(from: number): Promise<boolean> {
    const step = Math.max(1, Math.floor((pieces.length - from) / REFUSED_IN_A_ROW));
    for (let at = from; at < pieces.length; at += step) {
      if ((await refusalOf(at, at + 1)) === undefined) return true;
    }
    return false;
  }

  async function take(from: number, to: number): Promise<void> {
    if (isHopeless || from >= to) return;
    const reason = await refusalOf(from, to);
    if (reason === undefined) {
      found.accepted += to - from;
    } else if (to - from > 1) {
      const middle = (from + to) >> 1;
      await take(from, middle);
      await take(middle, to);
    } else {
      const { source, seq } = pieces[from]!;
      found.refused.push({ source, seq, reason });
      const isDoubtful = found.accepted === 0 && found.refused.length === REFUSED_IN_A_ROW;
      if (isDoubtful && to < pieces.length) isHopeless = !(await anyTaken(to));
    }
  }

  await take(0, pieces.length);
  return found;
}
