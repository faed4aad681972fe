export type { DialectName } from './dialects/dialects.ts';
export type {
  FakeFill,
  FakeOrder,
  OrderKind,
  OrderSide,
  OrderStatus,
  OrderType,
  PositionSide,
} from './exchange/order.ts';
export type { OrderFilter, PartialFilling } from './exchange/order-faults.ts';
export type { FakePosition } from './exchange/state.ts';
export type { BookLevel } from './exchange/symbol-market.ts';
export { DEFAULT_SYMBOLS, type FakeSymbol } from './exchange/symbols.ts';
export type { FakeRequest } from './server/wire.ts';
export type { FakeAccount, FakeMarket, FakeOwner, FakeVenue, OwnerOrder } from './venue/fake-venue.ts';
export type { FakeFaults, RateLimiting, Refusing, RejectReason, ServerErrors } from './venue/faults.ts';
export type { FakeVenueSettings } from './venue/settings.ts';
export { startFakeVenue } from './venue/start-fake-venue.ts';
