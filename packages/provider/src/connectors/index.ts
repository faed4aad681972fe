export { type CcxtConnectorSettings, type ConnectorLog, openCcxtConnector } from './ccxt/ccxt-connector.ts';
export * from './connector.ts';
export {
  type AccountStart,
  type CancelResult,
  PaperExchange,
  type PaperState,
  type PlaceResult,
} from './paper/exchange/exchange.ts';
export type { EventFault, FaultTarget, OrderFault, PaperFaults, PaperPurpose } from './paper/exchange/faults.ts';
export type { PaperPosition } from './paper/exchange/netting.ts';
export {
  PAPER_BALANCE_USD,
  PAPER_MAKER_FEE_PERCENT,
  PAPER_TAKER_FEE_PERCENT,
  type PaperSettings,
} from './paper/exchange/settings.ts';
export type { PaperSnapshot } from './paper/exchange/snapshot.ts';
export { createRandom, type Random } from './paper/market/random.ts';
export { SimulatedMarket, type SimulatedMarketSettings } from './paper/market/simulated-market.ts';
export { createPaperConnector, type PaperConnector, type PaperConnectorSettings } from './paper/paper-connector.ts';
export type { Ticker } from './paper/ticker.ts';
export {
  openReplayConnector,
  type Pacer,
  type ReplayConnector,
  type ReplayConnectorControl,
  type ReplayConnectorSettings,
} from './replay/replay-connector.ts';
