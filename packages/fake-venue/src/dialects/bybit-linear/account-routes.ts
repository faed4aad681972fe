import { text } from '#dialects/text.ts';
import { setHedgeMode, setLeverage, setMarginMode } from '#exchange/account-settings.ts';
import { allPositions } from '#exchange/positions.ts';
import { Refused } from '#exchange/refused.ts';
import { marketOf, settingsOf } from '#exchange/state.ts';
import { isIsolated, listedPosition, walletShape } from './account-shapes.ts';
import type { Call, Route, Routes } from './context.ts';
import { BybitError, invalid } from './errors.ts';
import { pageOf } from './pages.ts';
import { categoryOf, optional, required, requireLinear, scopeOf } from './parameters.ts';
import { transactionLog } from './transaction-log.ts';

const POSITION_PAGE = { normal: 20, max: 200 };

/** The key as the venue tells of it; the key itself is not given back. */
function queryApi({ context: { faults } }: Call): unknown {
  return {
    ...{
      id: '1',
      note: 'double',
      apiKey: '',
      readOnly: faults.refuse === 'read-only' ? 1 : 0,
      secret: '',
      ips: ['127.0.0.1'],
    },
    permissions: {
      ContractTrade: ['Order', 'Position'],
      Spot: [],
      Wallet: [],
      Options: [],
      Derivatives: [],
      Exchange: [],
    },
    ...{ type: 1, deadlineDay: 90, expiredAt: '', createdAt: '2023-11-14T22:13:20Z', unified: 0, uta: 1, userID: 1 },
    ...{ inviterID: 0, vipLevel: 'No VIP', mktMakerLevel: '0', affiliateID: 0, rsaPublicKey: '', isMaster: true },
    ...{ parentUid: '0', kycLevel: 'LEVEL_DEFAULT', kycRegion: '' },
  };
}

/** 5 and 6 are accounts of UTA 2.0. */
const UNIFIED_MARGIN_STATUS = 6;

const accountInfo = ({ context: { exchange } }: Call): unknown => ({
  ...{ marginMode: isIsolated(exchange) ? 'ISOLATED_MARGIN' : 'REGULAR_MARGIN', updatedTime: '1700000000000' },
  ...{ unifiedMarginStatus: UNIFIED_MARGIN_STATUS, dcpStatus: 'OFF', timeWindow: 10, smpGroup: 0 },
  ...{ isMasterTrader: false, spotHedgingStatus: 'OFF' },
});

function walletBalance({ context: { exchange }, params }: Call): unknown {
  if (required(params, 'accountType') !== 'UNIFIED') throw invalid('accountType');
  return { list: [walletShape(exchange)] };
}

/** All of one symbol, flat ones too; of many only those that are held. */
function positionList({ context: { exchange }, params }: Call): unknown {
  const category = categoryOf(params);
  if (category !== 'linear') return { list: [], nextPageCursor: '', category };
  const symbol = optional(params, 'symbol');
  if (symbol !== undefined) marketOf(exchange, symbol);
  const isInScope = scopeOf(params);
  const found = allPositions(exchange, symbol).filter(
    (position) =>
      isInScope(marketOf(exchange, position.symbol).symbol) && (symbol !== undefined || position.quantity !== 0),
  );
  const { items, nextPageCursor } = pageOf(found, params, POSITION_PAGE);
  return { list: items.map((position) => listedPosition(exchange, position)), nextPageCursor, category };
}

/** Whole numbers only, unlike the venue; both sides have one leverage. */
function changeLeverage({ context: { exchange }, params }: Call): unknown {
  requireLinear(params);
  const symbol = required(params, 'symbol');
  const leverage = Number(required(params, 'buyLeverage'));
  if (Number(required(params, 'sellLeverage')) !== leverage) throw invalid('sellLeverage');
  marketOf(exchange, symbol);
  if (settingsOf(exchange, symbol).leverage === leverage) {
    throw new BybitError(110043, 'Set leverage has not been modified.');
  }
  setLeverage(exchange, symbol, leverage);
  return {};
}

/** For all symbols at once, also when one is named: the exchange has one mode an account. */
function switchMode({ context: { exchange }, params }: Call): unknown {
  requireLinear(params);
  const mode = required(params, 'mode');
  if (mode !== '0' && mode !== '3') throw invalid('mode');
  if (optional(params, 'symbol') === undefined && optional(params, 'coin') === undefined) throw invalid('symbol');
  setHedgeMode(exchange, mode === '3');
  return {};
}

function changeMarginMode({ context: { exchange }, params }: Call): unknown {
  const mode = required(params, 'setMarginMode');
  if (mode !== 'ISOLATED_MARGIN' && mode !== 'REGULAR_MARGIN') throw invalid('setMarginMode');
  for (const symbol of exchange.markets.keys()) {
    try {
      setMarginMode(exchange, symbol, mode === 'ISOLATED_MARGIN' ? 'isolated' : 'cross');
    } catch (error) {
      if (!(error instanceof Refused) || error.reason !== 'margin-mode-same') throw error;
    }
  }
  return { reasons: [] };
}

const feeRate = ({ context: { exchange }, params }: Call): unknown => ({
  list: [...exchange.markets.keys()]
    .filter((name) => (optional(params, 'symbol') ?? name) === name)
    .map((symbol) => ({ symbol, makerFeeRate: text(exchange.makerFee), takerFeeRate: text(exchange.takerFee) })),
});

const reading = (perSecond: number, run: Route['run']): Route => ({ security: 'signed', perSecond, run });
const setting = (run: Route['run']): Route => ({ security: 'signed', trades: true, perSecond: 10, run });

export const accountRoutes: Routes = {
  'GET /v5/user/query-api': reading(10, queryApi),
  'GET /v5/account/info': reading(50, accountInfo),
  'GET /v5/account/wallet-balance': reading(50, walletBalance),
  'GET /v5/account/transaction-log': reading(30, transactionLog),
  'GET /v5/account/fee-rate': reading(10, feeRate),
  'POST /v5/account/set-margin-mode': setting(changeMarginMode),
  'GET /v5/position/list': reading(50, positionList),
  'POST /v5/position/set-leverage': setting(changeLeverage),
  'POST /v5/position/switch-mode': setting(switchMode),
  // Asked by clients that load currencies; there is nothing to move here.
  'GET /v5/asset/coin/query-info': reading(10, () => ({ rows: [] })),
};
