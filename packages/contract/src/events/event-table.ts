import { OrderEventPayloadSchema } from '#order.ts';
import { AccountEventPayloadSchema } from './account.ts';
import {
  DataGapPayloadSchema,
  DataMaturityPayloadSchema,
  DataOutlierPayloadSchema,
  KillSwitchPayloadSchema,
  LimitBreachPayloadSchema,
  LiquidityDroppedPayloadSchema,
  MarginUpdatePayloadSchema,
  RegimePayloadSchema,
  VolatilitySpikePayloadSchema,
} from './inspector.ts';
import {
  CandlePayloadSchema,
  OrderBookPayloadSchema,
  SymbolPricesPayloadSchema,
  SymbolsPayloadSchema,
  TradePayloadSchema,
} from './market-data.ts';
import { AdvisorDecisionPayloadSchema, RequestPayloadSchema } from './requests.ts';

/**
 * Every event of the bus: the schema of its payload and the kind of stream it travels on. `market` may be shed and
 * conflated, `account` and `request` never; `risk` is what Inspector publishes.
 */
export const eventTable = {
  PROVIDER_MARKETDATA_TRADE: { stream: 'market', payload: TradePayloadSchema },
  PROVIDER_MARKETDATA_ORDERBOOK: { stream: 'market', payload: OrderBookPayloadSchema },
  PROVIDER_MARKETDATA_CANDLE: { stream: 'market', payload: CandlePayloadSchema },
  PROVIDER_SYMBOL_PRICES: { stream: 'market', payload: SymbolPricesPayloadSchema },
  PROVIDER_SYMBOLS: { stream: 'market', payload: SymbolsPayloadSchema },
  PROVIDER_ACCOUNT_EVENT: { stream: 'account', payload: AccountEventPayloadSchema },
  PROVIDER_ORDER_CREATE: { stream: 'account', payload: OrderEventPayloadSchema },
  PROVIDER_ORDER_CLOSE: { stream: 'account', payload: OrderEventPayloadSchema },
  DETECTOR_POSITION_OPEN_REQUEST: { stream: 'request', payload: RequestPayloadSchema },
  DETECTOR_POSITION_CLOSE_REQUEST: { stream: 'request', payload: RequestPayloadSchema },
  DETECTOR_POSITION_REDUCE_REQUEST: { stream: 'request', payload: RequestPayloadSchema },
  DETECTOR_POSITION_FLIP_REQUEST: { stream: 'request', payload: RequestPayloadSchema },
  ADVISOR_DECISION_RESPONSE: { stream: 'request', payload: AdvisorDecisionPayloadSchema },
  INSPECTOR_RISK_LIMIT_BREACH: { stream: 'risk', payload: LimitBreachPayloadSchema },
  INSPECTOR_RISK_KILL_SWITCH: { stream: 'risk', payload: KillSwitchPayloadSchema },
  INSPECTOR_RISK_MARGIN_UPDATE: { stream: 'risk', payload: MarginUpdatePayloadSchema },
  INSPECTOR_LIQUIDITY_DROPPED: { stream: 'risk', payload: LiquidityDroppedPayloadSchema },
  INSPECTOR_VOLATILITY_SPIKE: { stream: 'risk', payload: VolatilitySpikePayloadSchema },
  INSPECTOR_TREND_DETECTED: { stream: 'risk', payload: RegimePayloadSchema },
  INSPECTOR_RANGE_DETECTED: { stream: 'risk', payload: RegimePayloadSchema },
  INSPECTOR_DATA_GAP_DETECTED: { stream: 'risk', payload: DataGapPayloadSchema },
  INSPECTOR_DATA_OUTLIER_DETECTED: { stream: 'risk', payload: DataOutlierPayloadSchema },
  INSPECTOR_DATA_MATURITY_UPDATE: { stream: 'risk', payload: DataMaturityPayloadSchema },
} as const;

export type EventType = keyof typeof eventTable;
export type EventStream = (typeof eventTable)[EventType]['stream'];
export const eventTypes = Object.keys(eventTable) as readonly EventType[];

/** True for a name of the table. Safe for any string, `__proto__` too. */
export const isEventType = (type: string): type is EventType => Object.hasOwn(eventTable, type);

/** What Inspector publishes. */
export const inspectorEventTypes = eventTypes.filter((type) => type.startsWith('INSPECTOR_'));

/** What clients receive only by subscribing. */
export const marketEventTypes = eventTypes.filter((type) => eventTable[type].stream === 'market');
