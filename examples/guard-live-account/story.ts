/** What is to be seen, in this order. Each is read from the audit trail, and held against what the venue itself has. */
import { type AuditRecord, isRecordOf } from '@inspector/contract';
import type { Guard } from './guard.ts';
import type { VenueAccount } from './local-venue.ts';

/** All that is known at one look. */
export interface Look {
  records: readonly AuditRecord[];
  account: VenueAccount;
  /** What the bot has said so far. */
  botLines: readonly string[];
  guard: Guard;
  /** Of the kill switch, once it was pulled. */
  incidentId: string | undefined;
}

export interface Scene {
  what: string;
  /** What was seen, in a sentence; undefined while it was not. */
  seen(look: Look): string | undefined | Promise<string | undefined>;
}

/** The bot trades this one; the owner held that one before. */
export const TRADED = 'BTCUSDT';
export const HELD_BEFORE = 'ETHUSDT';

export const scenesBeforeKill: readonly Scene[] = [
  {
    what: 'what was open before is legacy: watched, not touched',
    seen({ records, account }) {
      const legacy = opened(records, 'legacy').find(({ symbol }) => symbol === HELD_BEFORE);
      return legacy && isUntouched(account) ? `${legacy.message} It has no order of Inspector.` : undefined;
    },
  },
  {
    what: "the bot's position is runtime, with a stop and a target at the venue",
    seen({ records, account }) {
      for (const { positionId, message } of opened(records, 'runtime')) {
        const placed = records.filter(
          (record) => isRecordOf(record, 'PROTECTION_PLACED') && record.positionId === positionId,
        );
        const [stop] = placed.filter(({ code }) => code === 'STOP');
        const [target] = placed.filter(({ code }) => code === 'TARGET');
        if (stop && target && orderOf(stop, account) && orderOf(target, account))
          return [message, stop.message, target.message].join(' ');
      }
      return undefined;
    },
  },
  {
    what: "the bot's losses reach the daily limit, and the account is locked",
    async seen({ records, guard }) {
      const breach = breachIn(records);
      const lock = breach && (await guard.locks()).find(({ code }) => code === 'DAILY_LOSS');
      return lock && `${breach.message} Entries of ${lock.scope} are shut: ${lock.action}.`;
    },
  },
  {
    what: 'what this venue can do is on record',
    seen: ({ records }) => records.find(({ kind, code }) => kind === 'STARTED' && code === 'CONNECTOR')?.message,
  },
  {
    what: "the bot's next resting order is cancelled under the lock",
    seen({ records, account, botLines }) {
      const alert = records.find(
        (record) => record.code === 'ORDER_UNDER_LOCK' && orderOf(record, account)?.status === 'CANCELED',
      );
      const isNoticed = botLines.some((line) => line.startsWith('its resting order is cancelled'));
      return isNoticed ? alert?.message : undefined;
    },
  },
  {
    what: 'what the bot does at market under the lock nobody can prevent: it is told of, and protected',
    seen({ records }) {
      const alert = records.find(({ code }) => code === 'POSITION_UNDER_LOCK');
      const isProtected = records.some(
        ({ kind, code, positionId }) =>
          kind === 'PROTECTION_PLACED' &&
          code === 'STOP' &&
          positionId !== undefined &&
          positionId === alert?.positionId,
      );
      return isProtected ? `${alert?.message} Its stop works.` : undefined;
    },
  },
];

export const scenesAfterKill: readonly Scene[] = [
  {
    what: 'the kill switch leaves nothing, and the venue itself shows it',
    seen({ records, account, incidentId }) {
      const flat = flatsOf(records, incidentId)[0];
      return flat && isFlat(account) ? flat.message : undefined;
    },
  },
  {
    what: 'the bot opens again, and is flattened again',
    seen({ records, account, incidentId }) {
      const [first] = flatsOf(records, incidentId);
      const again = opened(records, 'runtime').find(({ seq }) => first && seq > first.seq);
      const closed = records.find(
        ({ kind, code, positionId }) =>
          kind === 'POSITION_CLOSED' && code === 'KILL_SWITCH' && positionId === again?.positionId,
      );
      const flat = closed && flatsOf(records, incidentId).find(({ seq }) => seq > closed.seq);
      return flat && isFlat(account) ? `${again?.message} ${closed?.message} ${flat.message}` : undefined;
    },
  },
  {
    what: 'what was there before is still there',
    seen: ({ account }) =>
      isUntouched(account)
        ? `${HELD_BEFORE} is held as at the start, and no order of Inspector was ever in it.`
        : undefined,
  },
];

const opened = (records: readonly AuditRecord[], ownership: string) =>
  records.filter((record) => isRecordOf(record, 'POSITION_OPENED') && record.data.ownership === ownership);

const breachIn = (records: readonly AuditRecord[]) =>
  records.find(({ kind, code }) => kind === 'LIMIT_BREACHED' && code === 'DAILY_LOSS');

const orderOf = ({ data }: AuditRecord, { orders }: VenueAccount) =>
  orders.find(({ clientId }) => clientId === data.clientOrderId);

const flatsOf = (records: readonly AuditRecord[], incidentId: string | undefined) =>
  records.filter(
    (record) =>
      isRecordOf(record, 'KILL_SWITCH') && record.code === 'VERIFIED_FLAT' && record.data.incidentId === incidentId,
  );

const isFlat = ({ positions, orders }: VenueAccount): boolean =>
  !positions.some(({ symbol }) => symbol === TRADED) &&
  !orders.some(({ symbol, status }) => symbol === TRADED && ['NEW', 'PARTIALLY_FILLED'].includes(status));

/** Held, and nothing but its owner's own order was ever in it. */
const isUntouched = ({ positions, orders }: VenueAccount): boolean =>
  positions.some(({ symbol }) => symbol === HELD_BEFORE) &&
  orders.every(({ symbol, placedBy }) => symbol !== HELD_BEFORE || placedBy === 'owner');
