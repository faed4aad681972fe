/** Messages of OKX's private streams, and orders as its lists show them. Sizes are in contracts of 0.01 BTC. */
import type { OkxOrder } from '../okx-words.ts';

/** A stop of a long position, in the algo book. */
export const okxAlgo = (fields: Partial<OkxOrder> = {}): OkxOrder => ({
  instId: 'BTC-USDT-SWAP',
  instType: 'SWAP',
  algoId: '900',
  algoClOrdId: 'ins0stop',
  ordId: '',
  clOrdId: '',
  ordType: 'conditional',
  side: 'sell',
  posSide: 'net',
  sz: '1',
  px: '',
  slTriggerPx: '60000',
  slTriggerPxType: 'mark',
  tpTriggerPx: '',
  tpTriggerPxType: '',
  triggerPx: '',
  state: 'live',
  failCode: '',
  reduceOnly: 'true',
  cTime: '1700000000001',
  uTime: '1700000000002',
  ...fields,
});

/** A market order of Inspector's. */
export const okxOrder = (fields: Partial<OkxOrder> = {}): OkxOrder => ({
  instId: 'BTC-USDT-SWAP',
  instType: 'SWAP',
  algoId: '',
  algoClOrdId: '',
  ordId: '500',
  clOrdId: 'ins0',
  ordType: 'market',
  side: 'buy',
  posSide: 'net',
  sz: '1',
  px: '',
  accFillSz: '0',
  avgPx: '',
  fillSz: '0',
  fillTime: '',
  fillFee: '0',
  fillFeeCcy: '',
  tradeId: '',
  state: 'live',
  reduceOnly: 'false',
  cTime: '1700000000001',
  uTime: '1700000000005',
  ...fields,
});

/** The order that the stop became. */
export const okxChild = (fields: Partial<OkxOrder> = {}): OkxOrder =>
  okxOrder({
    ordId: '555',
    clOrdId: '',
    algoId: '900',
    algoClOrdId: 'ins0stop',
    side: 'sell',
    reduceOnly: 'true',
    ...fields,
  });

export const okxFill = (
  [accFillSz, avgPx]: [string, string],
  [tradeId, fillSz, fillFee]: [string, string, string],
): Partial<OkxOrder> => ({
  accFillSz,
  avgPx,
  tradeId,
  fillSz,
  fillFee,
  fillFeeCcy: 'USDT',
  fillTime: '1700000000004',
  state: 'partially_filled',
});

export const okxMessage = (channel: string, ...data: object[]) => ({ arg: { channel, uid: '1' }, data });

export const okxChange = (eventType: string, fields: { cash?: string; pos?: string; position?: object }) =>
  okxMessage('balance_and_position', {
    pTime: '1700000000500',
    eventType,
    balData: fields.cash === undefined ? [] : [{ ccy: 'USDT', cashBal: fields.cash, uTime: '1700000000400' }],
    posData:
      fields.pos === undefined
        ? []
        : [
            {
              instId: 'BTC-USDT-SWAP',
              instType: 'SWAP',
              mgnMode: 'cross',
              posSide: 'net',
              pos: fields.pos,
              avgPx: fields.pos === '0' ? '' : '61000',
              ccy: 'USDT',
              ...fields.position,
            },
          ],
    trades: [],
  });
