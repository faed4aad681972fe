export type OrderSide = 'BUY' | 'SELL';
/** BOTH in a netting account; LONG or SHORT when both can be held at once. */
export type PositionSide = 'BOTH' | 'LONG' | 'SHORT';
export type TimeInForce = 'GTC' | 'IOC' | 'FOK' | 'POST_ONLY';
export type OrderType = 'MARKET' | 'LIMIT' | 'STOP_MARKET' | 'TAKE_PROFIT_MARKET' | 'STOP' | 'TAKE_PROFIT';
export type PriceSource = 'mark' | 'last';

/** What faults can be aimed at. */
export type OrderKind = 'market' | 'limit' | 'stop' | 'target';

export type OrderStatus =
  | 'NEW'
  | 'PARTIALLY_FILLED'
  | 'FILLED'
  | 'CANCELED'
  | 'EXPIRED'
  /** The last four belong to conditional orders. */
  | 'TRIGGERING'
  | 'TRIGGERED'
  | 'FINISHED'
  | 'REJECTED';

export interface OrderRequest {
  symbol: string;
  side: OrderSide;
  type: OrderType;
  /** 0 only with closePosition. */
  quantity: number;
  price?: number;
  triggerPrice?: number;
  triggerBy?: PriceSource;
  timeInForce?: TimeInForce;
  reduceOnly?: boolean;
  closePosition?: boolean;
  positionSide?: PositionSide;
  clientId?: string;
}

/** An order of either book. `price` and `triggerPrice` are 0 where they do not apply. */
export interface FakeOrder {
  id: number;
  clientId: string;
  /** Conditional orders wait in a book of their own; what they trigger is an order of the main book. */
  book: 'main' | 'conditional';
  symbol: string;
  side: OrderSide;
  positionSide: PositionSide;
  type: OrderType;
  timeInForce: TimeInForce;
  quantity: number;
  price: number;
  triggerPrice: number;
  triggerBy: PriceSource;
  reduceOnly: boolean;
  closePosition: boolean;
  status: OrderStatus;
  filledQuantity: number;
  filledNotional: number;
  realizedPnl: number;
  /** Milliseconds by the venue's clock. */
  createdAt: number;
  updatedAt: number;
  triggeredAt: number;
  /** Of a conditional order: the order that it became, 0 before. */
  triggeredOrderId: number;
  /** Of a triggered order: the conditional order that it was, 0 for any other. */
  conditionalId: number;
  placedBy: 'api' | 'owner' | 'trigger';
  /** Why it was rejected or has expired; empty otherwise. */
  reason: string;
}

export interface FakeFill {
  id: number;
  orderId: number;
  clientId: string;
  symbol: string;
  side: OrderSide;
  positionSide: PositionSide;
  price: number;
  quantity: number;
  realizedPnl: number;
  commission: number;
  maker: boolean;
  at: number;
}

export const isLive = (order: FakeOrder): boolean => order.status === 'NEW' || order.status === 'PARTIALLY_FILLED';

export const remainingOf = (order: FakeOrder): number => Number((order.quantity - order.filledQuantity).toFixed(8));

export const averagePriceOf = (order: FakeOrder): number =>
  order.filledQuantity > 0 ? order.filledNotional / order.filledQuantity : 0;

export function kindOf(order: { type: OrderType }): OrderKind {
  switch (order.type) {
    case 'MARKET':
      return 'market';
    case 'LIMIT':
      return 'limit';
    case 'STOP':
    case 'STOP_MARKET':
      return 'stop';
    case 'TAKE_PROFIT':
    case 'TAKE_PROFIT_MARKET':
      return 'target';
  }
}

type Reducing = Pick<OrderRequest, 'side' | 'positionSide' | 'reduceOnly' | 'closePosition'>;

/** Whether it may never open: it says so, or it is of the other side of a position that is held apart. */
export const onlyReduces = ({ side, positionSide, reduceOnly, closePosition }: Reducing): boolean =>
  reduceOnly === true ||
  closePosition === true ||
  (positionSide === 'LONG' && side === 'SELL') ||
  (positionSide === 'SHORT' && side === 'BUY');
