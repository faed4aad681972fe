import { text } from '#dialects/text.ts';
import { setHedgeMode, setLeverage, setMarginMode, setMultiAssets } from '#exchange/account-settings.ts';
import { allPositions } from '#exchange/positions.ts';
import { type FakeIncome, marketOf, settingsOf } from '#exchange/state.ts';
import { accountShape, activePositions, balanceShape, positionRiskV2, positionRiskV3 } from './account-shapes.ts';
import type { Call, Route, Routes } from './context.ts';
import { BinanceError, missing } from './errors.ts';
import { flag, integer, required } from './parameters.ts';

const OK = { code: 200, msg: 'success' };

const knownSymbol = ({ context, params }: Call): string | undefined => {
  const symbol = params.get('symbol') ?? undefined;
  if (symbol !== undefined) marketOf(context.exchange, symbol);
  return symbol;
};

const account = (version: 2 | 3): Route => ({
  ...{ security: 'signed', weight: 5 },
  run: ({ context }) => accountShape(context.exchange, version, context.now()),
});

const balance: Route = {
  ...{ security: 'signed', weight: 5 },
  run: ({ context }) => [balanceShape(context.exchange, context.now())],
};

function incomeShape(income: FakeIncome): Record<string, unknown> {
  return {
    symbol: income.symbol,
    incomeType: income.type,
    income: text(income.amount),
    asset: 'USDT',
    info: income.type,
    time: income.at,
    tranId: income.id,
    tradeId: income.tradeId === 0 ? '' : String(income.tradeId),
  };
}

const brackets = ({ context }: Call, symbol: string) => {
  const { maxLeverage, maintenanceMarginPercent } = marketOf(context.exchange, symbol).symbol;
  const first = { bracket: 1, initialLeverage: maxLeverage, notionalCap: 1_000_000, notionalFloor: 0 };
  const second = {
    bracket: 2,
    initialLeverage: Math.ceil(maxLeverage / 2),
    notionalCap: 100_000_000,
    notionalFloor: 1_000_000,
  };
  const ratio = maintenanceMarginPercent / 100;
  return {
    symbol,
    notionalCoef: 1,
    brackets: [
      { ...first, maintMarginRatio: ratio, cum: 0 },
      { ...second, maintMarginRatio: ratio * 2, cum: first.notionalCap * ratio },
    ],
  };
};

const symbolConfig = ({ context }: Call, symbol: string) => {
  const { leverage, marginMode } = settingsOf(context.exchange, symbol);
  const marginType = marginMode === 'isolated' ? 'ISOLATED' : 'CROSSED';
  return { symbol, marginType, isAutoAddMargin: false, leverage, maxNotionalValue: '1000000000' };
};

const eachSymbol = (call: Call, shape: (call: Call, symbol: string) => unknown): unknown[] => {
  const symbol = knownSymbol(call);
  return symbol === undefined
    ? [...call.context.exchange.markets.keys()].map((name) => shape(call, name))
    : [shape(call, symbol)];
};

export const accountRoutes: Routes = {
  'GET /fapi/v2/account': account(2),
  'GET /fapi/v3/account': account(3),
  'GET /fapi/v2/balance': balance,
  'GET /fapi/v3/balance': balance,
  'GET /fapi/v2/positionRisk': {
    ...{ security: 'signed', weight: 5 },
    run: (call) => {
      const { exchange } = call.context;
      return allPositions(exchange, knownSymbol(call)).map((position) => positionRiskV2(exchange, position));
    },
  },
  'GET /fapi/v3/positionRisk': {
    ...{ security: 'signed', weight: 5 },
    run: (call) => {
      const { exchange } = call.context;
      return activePositions(exchange, knownSymbol(call)).map((position) => positionRiskV3(exchange, position));
    },
  },
  'GET /fapi/v1/income': {
    ...{ security: 'signed', weight: 30 },
    run: ({ context, params }) => {
      const symbol = params.get('symbol');
      const type = params.get('incomeType');
      const startTime = integer(params, 'startTime') ?? 0;
      const endTime = integer(params, 'endTime') ?? Number.POSITIVE_INFINITY;
      return context.exchange.incomes
        .filter((income) => (symbol === null || income.symbol === symbol) && (type === null || income.type === type))
        .filter((income) => income.at >= startTime && income.at <= endTime)
        .slice(0, Math.min(integer(params, 'limit') ?? 100, 1000))
        .map(incomeShape);
    },
  },
  'GET /fapi/v1/leverageBracket': { ...{ security: 'signed', weight: 1 }, run: (call) => eachSymbol(call, brackets) },
  'GET /fapi/v1/symbolConfig': { ...{ security: 'signed', weight: 5 }, run: (call) => eachSymbol(call, symbolConfig) },
  'GET /fapi/v1/accountConfig': {
    ...{ security: 'signed', weight: 5 },
    run: ({ context: { exchange } }) => ({
      ...{ feeTier: 0, canTrade: true, canDeposit: true, canWithdraw: true, updateTime: 0, tradeGroupId: -1 },
      ...{ dualSidePosition: exchange.hedgeMode, multiAssetsMargin: exchange.multiAssets },
    }),
  },
  'GET /fapi/v1/commissionRate': {
    ...{ security: 'signed', weight: 20 },
    run: (call) => ({
      symbol: required(call.params, 'symbol'),
      makerCommissionRate: text(call.context.exchange.makerFee),
      takerCommissionRate: text(call.context.exchange.takerFee),
    }),
  },
  'POST /fapi/v1/leverage': {
    ...{ security: 'signed', trades: true, weight: 1 },
    run: ({ context, params }) => {
      const symbol = required(params, 'symbol');
      const leverage = integer(params, 'leverage');
      if (leverage === undefined) throw missing('leverage');
      setLeverage(context.exchange, symbol, leverage);
      return { leverage, maxNotionalValue: '1000000000', symbol };
    },
  },
  'POST /fapi/v1/marginType': {
    ...{ security: 'signed', trades: true, weight: 1 },
    run: ({ context, params }) => {
      const type = required(params, 'marginType');
      if (type !== 'ISOLATED' && type !== 'CROSSED') throw new BinanceError(-4051, 'Invalid margin type.');
      if (type === 'ISOLATED' && context.exchange.multiAssets) {
        throw new BinanceError(-4168, 'Unable to adjust to isolated-margin mode under the Multi-Assets mode.');
      }
      setMarginMode(context.exchange, required(params, 'symbol'), type === 'ISOLATED' ? 'isolated' : 'cross');
      return OK;
    },
  },
  'GET /fapi/v1/positionSide/dual': {
    ...{ security: 'signed', weight: 30 },
    run: ({ context }) => ({ dualSidePosition: context.exchange.hedgeMode }),
  },
  'POST /fapi/v1/positionSide/dual': {
    ...{ security: 'signed', trades: true, weight: 1 },
    run: ({ context, params }) => {
      required(params, 'dualSidePosition');
      setHedgeMode(context.exchange, flag(params, 'dualSidePosition'));
      return OK;
    },
  },
  'GET /fapi/v1/multiAssetsMargin': {
    ...{ security: 'signed', weight: 30 },
    run: ({ context }) => ({ multiAssetsMargin: context.exchange.multiAssets }),
  },
  'POST /fapi/v1/multiAssetsMargin': {
    ...{ security: 'signed', trades: true, weight: 1 },
    run: ({ context, params }) => {
      required(params, 'multiAssetsMargin');
      setMultiAssets(context.exchange, flag(params, 'multiAssetsMargin'));
      return OK;
    },
  },
  'GET /fapi/v1/apiTradingStatus': {
    ...{ security: 'signed', weight: 1 },
    run: ({ context }) => ({ indicators: {}, updateTime: context.now() }),
  },
  'GET /sapi/v1/account/apiRestrictions': {
    ...{ security: 'signed', weight: 1 },
    run: ({ context }) => ({
      ...{ ipRestrict: false, createTime: 1_700_000_000_000, enableReading: true, enableWithdrawals: false },
      ...{ enableInternalTransfer: false, enableMargin: false, enableSpotAndMarginTrading: false },
      ...{ enableFutures: context.faults.refuse !== 'read-only', permitsUniversalTransfer: false },
      ...{ enableVanillaOptions: false, enableFixApiTrade: false, enableFixReadOnly: false },
    }),
  },
  'GET /sapi/v1/system/status': { security: 'none', weight: 1, run: () => ({ status: 0, msg: 'normal' }) },
  'GET /sapi/v1/capital/config/getall': { ...{ security: 'signed', weight: 10 }, run: () => [] },
};

export const listenKeyRoutes: Routes = {
  'POST /fapi/v1/listenKey': {
    ...{ security: 'key', weight: 1 },
    run: ({ context }) => ({ listenKey: context.listenKeys.create() }),
  },
  'PUT /fapi/v1/listenKey': {
    ...{ security: 'key', weight: 1 },
    run: ({ context }) => {
      if (!context.listenKeys.extend()) throw new BinanceError(-1125, 'This listenKey does not exist.');
      return { listenKey: context.listenKeys.create() };
    },
  },
  'DELETE /fapi/v1/listenKey': {
    ...{ security: 'key', weight: 1 },
    run: ({ context }) => {
      context.listenKeys.close();
      return {};
    },
  },
};
