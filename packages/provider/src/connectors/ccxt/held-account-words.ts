import type { OrderWords } from './profiles/profile.ts';
import type { UserWord } from './user-words.ts';

type AccountWord = Extract<UserWord, { kind: 'account' }>;

/** A change of the account waits so long for the fill that explains it. */
const HELD_FOR_MS = 40;
/** Changes that wait; past it the oldest go on without their fills, which then are attributed when they come. */
const HELD_LIMIT = 1_000;

/**
 * Venues tell the account's change before the fill that caused it, with the same time. Told the other way round, the fill
 * opens or closes the position under its own order, and the change finds everything as it says.
 */
export interface HeldAccountWords {
  hold(word: AccountWord): void;
  /** Around the telling of an order: what is older goes before it, what is of the same moment after it. */
  around(words: Pick<OrderWords, 'updateTime'>, tellOrder: () => void): void;
  flush(): void;
}

export function holdAccountWords(tell: (word: AccountWord) => void): HeldAccountWords {
  let held: AccountWord[] = [];
  let timer: NodeJS.Timeout | undefined;

  function release(isDue: (word: AccountWord) => boolean): void {
    const due = held.filter(isDue);
    held = held.filter((word) => !isDue(word));
    if (held.length === 0) {
      clearTimeout(timer);
      timer = undefined;
    }
    for (const word of due) tell(word);
  }

  const flush = (): void => release(() => true);

  return {
    hold(word) {
      held.push(word);
      if (held.length > HELD_LIMIT) tell(held.shift()!);
      timer ??= setTimeout(flush, HELD_FOR_MS);
    },
    around({ updateTime }, tellOrder) {
      release(({ time }) => time < updateTime);
      tellOrder();
      release(({ time }) => time <= updateTime);
    },
    flush,
  };
}
