import type { Order, VenuePosition } from '@inspector/contract';
import { type Capability, type Connector, ConnectorError } from '#connectors/connector.ts';
import { readWhole } from '#connectors/read-whole.ts';
import { type AccountName, type ConnectorDirectory, nameOf } from '#venues/connector-directory.ts';
import type { OrderGateway } from './order-gateway.ts';

export type PlaceAnswer =
  | { outcome: 'accepted'; order: Order }
  | { outcome: 'rejected'; reason: string; reasonText: string; order?: Order }
  | { outcome: 'unknown'; reasonText: string }
  | { outcome: 'not-sent'; reasonText: string };

export type CancelAnswer =
  | { outcome: 'accepted'; order: Order }
  | { outcome: 'rejected'; reason: string; reasonText: string }
  | { outcome: 'unknown'; reasonText: string }
  | { outcome: 'not-sent'; reasonText: string };

export type LeverageAnswer =
  | { outcome: 'accepted' }
  | { outcome: 'rejected'; reasonText: string }
  | { outcome: 'not-sent'; reasonText: string };

export type VenueAnswer =
  | {
      ok: true;
      time: number;
      walletBalance: number;
      availableBalance: number;
      marginRatio: number;
      positions: VenuePosition[];
      orders: Order[];
      found?: LookedUp[];
    }
  | { ok: false; reason: string };

type LookedUp = { order: Order | null } | { reason: string };

interface NamedOrder {
  clientOrderId: string;
  symbol?: string;
}

interface OrderTarget extends AccountName {
  symbol: string;
  clientOrderId: string;
  id?: string;
  externalId?: string;
}

interface LeverageTarget extends AccountName {
  symbol: string;
  leverage: number;
  marginMode?: 'cross' | 'isolated';
}

interface AccountPlace {
  connectorType: string;
  marketType: string;
  accountId?: string;
  /** What the venue can and cannot do, empty while that is not known. */
  capabilities?: readonly Capability[];
}

/**
 * What an Inspector in the same process calls instead of REST: the same gateway, without the wire. A call whose signal
 * has gone before it begins was not sent; one that is given up while it runs has an unknown outcome.
 */
export interface DirectClient {
  place(order: Order, signal: AbortSignal): Promise<PlaceAnswer>;
  cancel(target: OrderTarget, signal: AbortSignal): Promise<CancelAnswer>;
  setLeverage(target: LeverageTarget, signal: AbortSignal): Promise<LeverageAnswer>;
  /** The named orders first, each by itself; then all open orders, balances and positions, of which half is none. */
  query(question: AccountName & { lookUp?: readonly NamedOrder[] }, signal: AbortSignal): Promise<VenueAnswer>;
  accounts(signal: AbortSignal): Promise<AccountPlace[]>;
}

const GIVEN_UP = 'the call was given up';

export function createDirectClient(gateway: OrderGateway, connectors: ConnectorDirectory): DirectClient {
  return {
    async place(order, signal) {
      if (signal.aborted) return { outcome: 'not-sent', reasonText: GIVEN_UP };
      const placed = await unlessGivenUp(gateway.place(order), signal);
      if (placed === undefined) return { outcome: 'unknown', reasonText: GIVEN_UP };
      switch (placed.outcome) {
        case 'accepted':
          return { outcome: 'accepted', order: placed.order };
        case 'rejected': {
          const { reason = 'UNKNOWN', reasonText = '' } = placed.order;
          return { outcome: 'rejected', reason, reasonText, order: placed.order };
        }
        case 'unknown':
          return { outcome: 'unknown', reasonText: placed.order.reasonText ?? 'the venue did not answer' };
        case 'refused':
          return { outcome: 'rejected', reason: placed.code, reasonText: placed.message };
      }
    },

    async cancel(target, signal) {
      if (signal.aborted) return { outcome: 'not-sent', reasonText: GIVEN_UP };
      const { clientOrderId, externalId, symbol } = target;
      const which = { clientOrderId, symbol, ...(externalId ? { externalId } : {}) };
      const canceled = await unlessGivenUp(gateway.cancel(target, which), signal);
      switch (canceled?.outcome) {
        case 'accepted':
          return { outcome: 'accepted', order: canceled.order };
        case 'not-found':
          return { outcome: 'rejected', reason: 'NOT_FOUND', reasonText: 'the venue does not know the order' };
        case 'unknown':
          return { outcome: 'unknown', reasonText: canceled.message };
        case undefined:
          return { outcome: 'unknown', reasonText: GIVEN_UP };
      }
    },

    async setLeverage(target, signal) {
      const connector = connectors.find(target);
      if (connector === undefined)
        return { outcome: 'rejected', reasonText: `there is no connector ${nameOf(target)}` };
      if (signal.aborted) return { outcome: 'not-sent', reasonText: GIVEN_UP };
      try {
        const set = await unlessGivenUp(
          connector.setLeverage(target.symbol, target.leverage, target.marginMode),
          signal,
        );
        return set === undefined ? { outcome: 'not-sent', reasonText: GIVEN_UP } : { outcome: 'accepted' };
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error;
        const isFinal = error.code === 'SYMBOL_UNKNOWN' || error.code === 'REFUSED';
        const outcome = isFinal ? 'rejected' : 'not-sent';
        return { outcome, reasonText: error.message };
      }
    },

    async query(question, signal) {
      const connector = connectors.find(question);
      if (connector === undefined) return { ok: false, reason: `there is no connector ${nameOf(question)}` };
      const { lookUp } = question;
      const ask = async (): Promise<VenueAnswer> => {
        // First the named ones: one that is in neither answer was not there when the others were read either.
        const found = lookUp && (await Promise.all(lookUp.map((named) => lookedUp(connector, named))));
        const { account, openOrders: orders } = await readWhole(connector);
        for (const each of found ?? []) if ('order' in each && each.order !== null) gateway.observe(each.order);
        return { ok: true, ...account, orders, ...(found === undefined ? {} : { found }) };
      };
      try {
        return (await unlessGivenUp(ask(), signal)) ?? { ok: false, reason: GIVEN_UP };
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error;
        return { ok: false, reason: error.message };
      }
    },

    async accounts() {
      return connectors.all().map(({ connectorType, marketType, accountId, capabilities }) => ({
        connectorType,
        marketType,
        ...(accountId === undefined ? {} : { accountId }),
        ...(capabilities === undefined ? {} : { capabilities: capabilities() }),
      }));
    },
  };
}

async function lookedUp(connector: Connector, named: NamedOrder): Promise<LookedUp> {
  try {
    return { order: await connector.order(named) };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { reason: error.message };
  }
}

/** The answer, or undefined when the signal comes first; a rejection that comes later is nobody's any more. */
async function unlessGivenUp<T>(answer: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  let give: () => void = () => {};
  const givenUp = new Promise<undefined>((resolve) => {
    give = () => resolve(undefined);
    signal.addEventListener('abort', give, { once: true });
  });
  try {
    return await Promise.race([answer, givenUp]);
  } finally {
    signal.removeEventListener('abort', give);
  }
}
