import {
  AmendOrderBodySchema,
  CancelOrderParamsSchema,
  CloseOrderBodySchema,
  isFinalStatus,
  LimitField,
  listOf,
  MarketParamsSchema,
  NewOrderSchema,
  type Order,
  OrderParamsSchema,
  OrderSchema,
  OrdersResponseSchema,
  SymbolName,
} from '@inspector/contract';
import { requestError, type Service } from '@inspector/service';
import Type from 'typebox';
import type { OrderName } from '#connectors/connector.ts';
import { askVenue, type ConnectorDirectory, connectorFor } from '#venues/connector-directory.ts';
import { closingOrder } from './closing-order.ts';
import type { OrderGateway, PlaceOutcome } from './order-gateway.ts';
import { replaceOrder } from './replace-order.ts';

const closed = { additionalProperties: false } as const;
const { quantityExecuted, priceExecuted, fee, status, time, updateTime, externalId, reason, reasonText } =
  OrderSchema.properties;

/** A whole order may be sent too: what only the venue can say of it is not looked at. */
const PlaceOrderBody = Type.Object(
  {
    order: Type.Object(
      {
        ...NewOrderSchema.properties,
        ...Type.Partial(
          Type.Object({
            quantityExecuted,
            priceExecuted,
            fee,
            status,
            time,
            updateTime,
            externalId,
            reason,
            reasonText,
          }),
        ).properties,
      },
      { ...closed, title: 'NewOrder', description: 'An order to place; only the venue says how far it got.' },
    ),
  },
  { ...closed, title: 'PlaceOrder' },
);

const SymbolField = Type.Optional(SymbolName);
const SymbolQuery = Type.Object({ symbol: SymbolField }, closed);
/** A cancel carries no order, so the instance that asks for it says here which one it is. */
const CancelQuery = Type.Object(
  {
    symbol: SymbolField,
    inspector: Type.Optional(Type.String({ maxLength: 64, description: 'Key of the Inspector that cancels.' })),
    epoch: Type.Optional(
      Type.Integer({ minimum: 0, description: 'Its fencing epoch; a replaced one is 409 `FENCED`.' }),
    ),
  },
  closed,
);
const OrdersQuery = Type.Object(
  {
    symbol: SymbolField,
    state: Type.Optional(
      Type.Enum(['open', 'recent'], {
        default: 'open',
        description: '`open`: as the venue shows them now. `recent`: what went through this Provider, newest first.',
      }),
    ),
    limit: LimitField,
  },
  closed,
);
const CanceledResponse = listOf(OrderSchema, 'The orders that were cancelled.');

export interface OrderRoutesConfig {
  gateway: OrderGateway;
  connectors: ConnectorDirectory;
}

/** Contract 5, orders. Reading needs `viewer`, everything else `operator`: an order sent here passes no risk rule. */
export function registerOrderRoutes(app: Service, { gateway, connectors }: OrderRoutesConfig): void {
  const tags = ['orders'];
  const config = { role: 'operator' } as const;
  const one = { 200: OrderSchema };

  app.post(
    '/api/orders',
    { config, schema: { tags, summary: 'Place an order', body: PlaceOrderBody, response: one } },
    async ({ body }) => placed(await gateway.place(body.order)),
  );

  app.put(
    '/api/orders/close',
    { config, schema: { tags, summary: 'Close a position at market', body: CloseOrderBodySchema, response: one } },
    async ({ body }) => {
      const { order } = body;
      const { positions } = await askVenue(connectorFor(connectors, order).account());
      const closing = closingOrder(order, positions);
      if (closing === undefined) {
        throw requestError('POSITION_UNKNOWN', `There is no ${order.symbol.name} position that this would close.`);
      }
      return placed(await gateway.place(closing));
    },
  );

  app.put(
    '/api/orders/:orderId',
    {
      config,
      schema: {
        tags,
        summary: 'Replace a working order',
        description: 'A new order takes its place; a reduce-only one is there before the old one goes.',
        params: OrderParamsSchema,
        body: AmendOrderBodySchema,
        response: one,
      },
    },
    async ({ params, body }) => {
      const order = await current(params.orderId);
      if (isFinalStatus(order.status)) throw requestError('ORDER_FINAL', `The order is ${order.status}.`);
      const replaced = await replaceOrder(gateway, order, body.order);
      if (replaced.kind === 'placed') return placed(replaced.outcome);
      throw replaced.kind === 'ended'
        ? requestError('ORDER_FINAL', 'The order ended before it could be replaced.')
        : requestError('ORDER_UNKNOWN', replaced.message);
    },
  );

  app.get(
    '/api/orders/:orderId',
    { schema: { tags, summary: 'One order', params: OrderParamsSchema, response: one } },
    ({ params }) => current(params.orderId),
  );

  app.get(
    '/api/orders/:connectorType/:marketType',
    {
      schema: {
        tags,
        summary: 'Open orders, conditional ones too',
        params: MarketParamsSchema,
        querystring: OrdersQuery,
        response: { 200: OrdersResponseSchema },
      },
    },
    async ({ params, query }) => {
      const connector = connectorFor(connectors, params);
      const data =
        query.state === 'recent'
          ? ofSymbol(gateway.recent(params, query.limit ?? 200), query.symbol)
          : await askVenue(connector.openOrders(query.symbol));
      return { count: data.length, data };
    },
  );

  app.delete(
    '/api/orders/all/:connectorType/:marketType',
    {
      config,
      schema: {
        tags,
        summary: 'Cancel all open orders, of one symbol when given',
        params: MarketParamsSchema,
        querystring: SymbolQuery,
        response: { 200: CanceledResponse },
      },
    },
    async ({ params, query }) => {
      const data = await askVenue(connectorFor(connectors, params).cancelAll(query.symbol));
      for (const order of data) gateway.observe(order);
      return { count: data.length, data };
    },
  );

  app.delete(
    '/api/orders/:id/:connectorType/:marketType',
    {
      config,
      schema: {
        tags,
        summary: 'Cancel an order',
        params: CancelOrderParamsSchema,
        querystring: CancelQuery,
        response: one,
      },
    },
    async ({ params, query }) => {
      connectorFor(connectors, params);
      refuseReplaced(query);
      const symbol = query.symbol === undefined ? {} : { symbol: query.symbol };
      for (const name of namesOf(gateway.known(params.id), params.id)) {
        const canceled = await gateway.cancel(params, { ...name, ...symbol });
        if (canceled.outcome === 'accepted') return canceled.order;
        if (canceled.outcome === 'unknown') throw requestError('VENUE_UNAVAILABLE', canceled.message);
      }
      throw requestError('ORDER_NOT_FOUND', `The venue knows no order ${params.id}.`);
    },
  );

  function refuseReplaced({ inspector, epoch }: { inspector?: string; epoch?: number }): void {
    if (inspector === undefined || epoch === undefined) return;
    const highest = gateway.fence(inspector, epoch);
    if (highest === undefined) return;
    throw requestError('FENCED', `epoch ${epoch} of ${inspector} has been replaced by ${highest}`);
  }

  /** The order as its venue has it now; where the venue does not answer, nobody may think that it is not there. */
  async function current(id: string): Promise<Order> {
    const known = gateway.known(id);
    if (known !== undefined && isFinalStatus(known.status)) return known;
    const asked = known === undefined ? connectors.all() : [connectorFor(connectors, known)];
    for (const connector of asked) {
      for (const name of namesOf(known, id)) {
        const found = await askVenue(connector.order(name));
        if (found === null) continue;
        gateway.observe(found);
        return known === undefined ? found : { ...known, ...found, id: known.id, source: known.source };
      }
    }
    throw requestError('ORDER_NOT_FOUND', `No venue knows an order ${id}.`);
  }
}

const ofSymbol = (orders: Order[], symbol: string | undefined): Order[] =>
  symbol === undefined ? orders : orders.filter((order) => order.symbol.name === symbol);

/** How to name an order to its venue: by all that is known of it, else the id may be any of its ids. */
function namesOf(known: Order | undefined, id: string): OrderName[] {
  if (known === undefined) return [{ clientOrderId: id }, { id }, { externalId: id }];
  const { clientOrderId, externalId, symbol } = known;
  return [{ clientOrderId, id: known.id, symbol: symbol.name, ...(externalId === '' ? {} : { externalId }) }];
}

/** A rejected order and one whose outcome is unknown are answers, told by `status`; only what was not sent is an error. */
function placed(outcome: PlaceOutcome): Order {
  if (outcome.outcome === 'refused') throw requestError(outcome.code, outcome.message);
  return outcome.order;
}
