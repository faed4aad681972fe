export { type EquityHistory, openEquityHistory } from './equity-history.ts';
export { tradingDayStart } from './trading-day.ts';
