import type { FakeFaults } from '#venue/faults.ts';

/** What goes out to the streams of the account, with what the faults do to it on the way. */
export interface UserOutbox<Message> {
  /** `ofConditional`: tells of an order that waits for its trigger, and may be held back until others are told. */
  publish(message: Message, ofConditional: boolean): void;
  /** The next so many messages are lost. */
  drop(count: number): void;
  /** What is held back is never sent. */
  forget(): void;
}

interface Settings<Message> {
  faults: FakeFaults;
  later: (run: () => void, ms: number) => void;
  deliver: (message: Message) => void;
}

export function createUserOutbox<Message>({ faults, later, deliver }: Settings<Message>): UserOutbox<Message> {
  let toDrop = 0;
  let waiting: Message[] = [];

  function send(message: Message): void {
    if (toDrop > 0) {
      toDrop--;
      return;
    }
    const go = (): void => {
      deliver(message);
      if (faults.duplicateUserEvents) deliver(message);
    };
    if (faults.userEventDelayMs > 0) later(go, faults.userEventDelayMs);
    else go();
  }

  return {
    publish: (message, ofConditional) => {
      if (ofConditional && faults.conditionalEventsLate) {
        if (waiting.length === 0) later(() => waiting.splice(0).forEach(send), 0);
        waiting.push(message);
      } else send(message);
    },
    drop: (count) => {
      toDrop = count;
    },
    forget: () => {
      waiting = [];
    },
  };
}
