import {
  AccountsResponseSchema,
  type Order,
  OrderSchema,
  OrdersResponseSchema,
  VenueAccountSchema,
} from '@inspector/contract';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type {
  AccountPlace,
  CancelAnswer,
  LeverageAnswer,
  ListedAccount,
  LookedUp,
  PlaceAnswer,
  ProviderClient,
  VenueAnswer,
} from './provider-client.ts';

export interface HttpProviderConfig {
  /** `http://host:port`, without `/api`. */
  url: string;
  /** Read for every call, so that a changed token needs no restart. */
  token: () => string;
  /** The Inspector that cancels, so that the Provider can refuse an instance that was replaced. */
  appKey?: string;
}

/** Bytes of an error's body that are read for its message; the rest is left. */
const MESSAGE_CHARACTERS = 500;

/** What says that a request never left this machine, or never reached a listener. */
const UNSENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const isOrder = Compile(OrderSchema);
const isAccount = Compile(
  Type.Object({ ...VenueAccountSchema.properties, openOrders: OrdersResponseSchema.properties.data }),
);
const isAccountList = Compile(
  Type.Object({
    data: Type.Array(
      Type.Object({
        ...Type.Pick(AccountsResponseSchema.properties.data.items, ['connectorType', 'marketType', 'accountId'])
          .properties,
        capabilities: Type.Optional(
          Type.Object({
            venue: Type.Optional(
              Type.Array(
                Type.Object({ name: Type.String(), can: Type.Boolean(), note: Type.Optional(Type.String()) }),
                {
                  maxItems: 100,
                },
              ),
            ),
          }),
        ),
      }),
    ),
  }),
);

type Answered =
  | { kind: 'ok'; body: unknown }
  /** The Provider refused it: nothing was done. */
  | { kind: 'refused'; status: number; code: string; message: string; retryAfterMs?: number }
  | { kind: 'not-sent'; message: string }
  /** 5xx, silence, or an answer that cannot be read: whether something was done is not known. */
  | { kind: 'unknown'; message: string };

/** The Provider over its REST (contract 5). */
export function createHttpProviderClient(config: HttpProviderConfig): ProviderClient {
  const base = `${config.url.replace(/\/+$/, '')}/api`;

  async function call(
    method: string,
    path: string,
    { body, signal }: { body?: unknown; signal: AbortSignal },
  ): Promise<Answered> {
    const headers: Record<string, string> = { authorization: `Bearer ${config.token()}`, accept: 'application/json' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    try {
      const response = await fetch(`${base}${path}`, {
        method,
        headers,
        signal,
        redirect: 'error',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return await read(response);
    } catch (error) {
      return failed(error);
    }
  }

  async function orderNamed(clientOrderId: string, signal: AbortSignal): Promise<LookedUp> {
    const answer = await call('GET', `/orders/${encodeURIComponent(clientOrderId)}`, { signal });
    if (answer.kind === 'ok')
      return isOrder.Check(answer.body) ? { order: answer.body } : { reason: 'the order cannot be read' };
    if (answer.kind === 'refused' && answer.code === 'ORDER_NOT_FOUND') return { order: null };
    return { reason: answer.message };
  }

  return {
    async place(order, signal): Promise<PlaceAnswer> {
      const answer = await call('POST', '/orders', { body: { order }, signal });
      switch (answer.kind) {
        case 'ok':
          return isOrder.Check(answer.body) ? placed(answer.body) : unknown('the answer to a placing cannot be read');
        case 'refused':
          return refused(answer);
        default:
          return { outcome: answer.kind, reasonText: answer.message };
      }
    },
    async cancel(target, signal): Promise<CancelAnswer> {
      // An order of someone else may have no client id.
      const id = encodeURIComponent(target.clientOrderId || target.externalId || target.id || '');
      const fence =
        config.appKey === undefined ? '' : `&inspector=${encodeURIComponent(config.appKey)}&epoch=${target.epoch}`;
      const path = `/orders/${id}/${marketOf(target)}?symbol=${encodeURIComponent(target.symbol)}${fence}`;
      const answer = await call('DELETE', path, { signal });
      switch (answer.kind) {
        case 'ok':
          return { outcome: 'accepted', ...(isOrder.Check(answer.body) ? { order: answer.body } : {}) };
        case 'refused':
          return answer.code === 'ORDER_NOT_FOUND'
            ? { outcome: 'rejected', reason: 'NOT_FOUND', reasonText: answer.message }
            : refused(answer);
        default:
          return { outcome: answer.kind, reasonText: answer.message };
      }
    },
    async setLeverage({ symbol, ...terms }, signal): Promise<LeverageAnswer> {
      const body = { ...terms, symbol: { name: symbol } };
      const answer = await call('PUT', '/accounts/leverage', { body, signal });
      switch (answer.kind) {
        case 'ok':
          return { outcome: 'accepted' };
        case 'refused':
          return refused(answer);
        default: // setting the same leverage again does no harm, so silence need not stay unknown
          return { outcome: 'not-sent', reasonText: answer.message };
      }
    },
    async query({ lookUp = [], ...account }, signal): Promise<VenueAnswer> {
      const found = await Promise.all(lookUp.map(({ clientOrderId }) => orderNamed(clientOrderId, signal)));
      const answer = await call('GET', `/accounts/${marketOf(account)}`, { signal });
      if (answer.kind !== 'ok') return { ok: false, reason: answer.message };
      if (!isAccount.Check(answer.body)) return { ok: false, reason: 'the account cannot be read' };
      const { time, walletBalance, availableBalance, marginRatio, positions, openOrders } = answer.body;
      return {
        ok: true,
        time,
        ...(walletBalance === null ? {} : { walletBalance }),
        ...(availableBalance === null ? {} : { availableBalance }),
        ...(marginRatio == null ? {} : { marginRatio }),
        positions,
        orders: openOrders,
        ...(found.length === 0 ? {} : { found }),
      };
    },
    async accounts(signal): Promise<ListedAccount[]> {
      const answer = await call('GET', '/connectors', { signal });
      if (answer.kind !== 'ok') throw new Error(answer.message);
      if (!isAccountList.Check(answer.body)) throw new Error('the list of connectors cannot be read');
      return answer.body.data.map(({ capabilities, ...account }) => ({
        ...account,
        ...(capabilities?.venue === undefined ? {} : { capabilities: capabilities.venue }),
      }));
    },
  };
}

/** Whether the body was read or not decides between refused and unknown: both are told apart by the status alone. */
async function read(response: Response): Promise<Answered> {
  const text = await response.text();
  const body = parsed(text);
  if (response.ok)
    return body === undefined ? { kind: 'unknown', message: 'the answer is not JSON' } : { kind: 'ok', body };
  const problem = (typeof body === 'object' && body !== null ? body : {}) as { code?: unknown; detail?: unknown };
  const code = typeof problem.code === 'string' ? problem.code : `HTTP_${response.status}`;
  const detail = typeof problem.detail === 'string' ? problem.detail : response.statusText;
  const message = `${code}: ${detail}`.slice(0, MESSAGE_CHARACTERS);
  if (response.status >= 500) return { kind: 'unknown', message };
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retry = Number.isFinite(retryAfter) ? { retryAfterMs: retryAfter * 1000 } : {};
  return { kind: 'refused', status: response.status, code, message, ...retry };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failed(error: unknown): Answered {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const message = `the Provider did not answer: ${code || (error instanceof Error ? error.message : String(error))}`;
  return { kind: UNSENT.has(code) ? 'not-sent' : 'unknown', message };
}

function placed(order: Order): PlaceAnswer {
  switch (order.status) {
    case 'REJECTED':
      return { outcome: 'rejected', reason: order.reason ?? 'UNKNOWN', reasonText: order.reasonText ?? '', order };
    case 'UNKNOWN':
      return unknown(order.reasonText ?? 'the venue did not answer');
    default:
      return { outcome: 'accepted', order };
  }
}

function unknown(reasonText: string): { outcome: 'unknown'; reasonText: string } {
  return { outcome: 'unknown', reasonText };
}

/** Too many requests is the one refusal that passes by itself. */
function refused({ status, code, message, retryAfterMs }: Extract<Answered, { kind: 'refused' }>) {
  if (status !== 429) return { outcome: 'rejected' as const, reason: code, reasonText: message };
  return { outcome: 'not-sent' as const, reasonText: message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

function marketOf({ connectorType, marketType }: AccountPlace): string {
  return `${encodeURIComponent(connectorType)}/${encodeURIComponent(marketType)}`;
}
