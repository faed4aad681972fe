/**
 * A trading bot beside Inspector, whatever it is written in: it watches a price over `/ws`, asks `risk/check` before each
 * order, and sends the order to the Provider only when the answer is ALLOW. Inspector sees the fill, protects the position
 * with stop and target, and closes it when a limit says so.
 *
 *   PROVIDER_API_TOKEN=… node examples/detector/detector.mjs [SYMBOL]
 *
 * The token stands in the address that `npm start` prints, after `#token=`. Without `--trade` nothing is ordered.
 */
import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';

const provider = process.env.PROVIDER_URL ?? 'http://127.0.0.1:8081';
const token = process.env.PROVIDER_API_TOKEN ?? '';
const appKey = process.env.INSPECTOR_APP_KEY ?? 'inspector';
const mayTrade = process.argv.includes('--trade');
const symbol = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? 'ETHUSDT';
const account = { connectorType: 'paper', marketType: 'futures' };

/** Marks that are compared: now against a minute ago. */
const LOOK_BACK = 60;
/** A move of so many percent within it is followed. */
const MOVE_PCT = 0.05;
const PAUSE_MS = 10_000;

if (token === '') {
  console.error('PROVIDER_API_TOKEN is not set: take it from the address that npm start prints.');
  process.exit(2);
}

const call = async (method, path, body) => {
  const response = await fetch(`${provider}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  // Errors are problem+json: code and detail say what is wrong.
  if (!response.ok) throw new Error(`${response.status} ${answer.code}: ${answer.detail}`);
  return answer;
};

/** Asks for a decision. It is recorded, and reserves nothing. */
const check = (request) => call('POST', `/inspectors/${appKey}/inspector/risk/check`, { request });

/** The id makes the order idempotent: the same one sent again after a time-out is the same order. */
const place = (side, quantity, clientOrderId) =>
  call('POST', '/orders', {
    order: {
      ...account,
      clientOrderId,
      symbol: { name: symbol },
      side,
      type: 'MARKET',
      quantity,
      source: { type: 'detector', key: 'my-bot' },
    },
  });

const marks = [];
let quietUntil = 0;

const onMark = async (price) => {
  marks.push(price);
  if (marks.length > LOOK_BACK) marks.shift();
  const movePct = (price / marks[0] - 1) * 100;
  if (Date.now() < quietUntil || Math.abs(movePct) < MOVE_PCT) return;
  quietUntil = Date.now() + PAUSE_MS;

  const side = movePct > 0 ? 'LONG' : 'SHORT';
  const requestId = randomUUID();
  const wanted = { requestId, ...account, symbol: { name: symbol }, side, detectorSysname: 'my-bot' };
  const { decision, code, message, sizing, maxQuantity } = await check({ ...wanted, sizePercent: 2 });
  console.log(`${symbol} moved ${movePct.toFixed(3)} %: ${side}? ${decision} ${code}. ${message}`);
  if (decision !== 'ALLOW') {
    console.log(`  at most ${maxQuantity} would be allowed now`);
    return;
  }
  console.log(`  ${sizing.quantity} at ${sizing.price}, stop ${sizing.stopLoss}, target ${sizing.takeProfit}`);
  if (!mayTrade) return;
  const order = await place(side === 'LONG' ? 'BUY' : 'SELL', sizing.quantity, requestId.replaceAll('-', ''));
  console.log(`  ordered: ${order.status}, ${order.quantityExecuted} at ${order.priceExecuted}`);
};

const socket = io(provider, { path: '/ws', auth: { token } });
socket.on('connect', () => {
  console.log(`connected to ${provider}, watching ${symbol}${mayTrade ? '' : ' (asking only; --trade to order)'}`);
  socket.emit('subscribe', { types: ['PROVIDER_SYMBOL_PRICES', 'INSPECTOR_RISK_LIMIT_BREACH'], symbols: [symbol] });
});
socket.on('connect_error', (error) => console.error(`no connection: ${error.message}`));
socket.on('PROVIDER_SYMBOL_PRICES', ({ payload }) => {
  const price = payload.prices[symbol]?.value;
  if (price !== undefined) onMark(price).catch((error) => console.error(error.message));
});
socket.on('INSPECTOR_RISK_LIMIT_BREACH', ({ payload }) => console.log(`  limit: ${payload.code}: ${payload.reason}`));
