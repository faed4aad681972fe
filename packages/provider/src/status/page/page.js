/** Reads the Inspector through the Provider's proxy every two seconds and shows it. Text is only ever set as text. */

const REFRESH_MS = 2_000;
const ANSWER_LIMIT_MS = 8_000;
/** A limit that would trip later than this is not approaching in any sense that helps. */
const FAR_OFF_S = 24 * 3_600;
const TOKEN_KEY = 'inspector-token';
const base = `/api/inspectors/${encodeURIComponent(document.documentElement.dataset.appKey)}/inspector`;
const at = (id) => document.getElementById(id);

takeTokenFromAddress();
addEventListener('hashchange', () => {
  if (takeTokenFromAddress()) refresh();
});
at('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem(TOKEN_KEY, at('token').value.trim());
  at('token').value = '';
  refresh();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) refresh();
});

let timer;
let lastAnswerAt;
refresh();

/** The fragment never reaches a server; it is taken out of the address so that it is neither seen nor copied on. */
function takeTokenFromAddress() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return false;
  sessionStorage.setItem(TOKEN_KEY, token);
  history.replaceState(null, '', location.pathname + location.search);
  return true;
}

async function refresh() {
  clearTimeout(timer);
  const token = sessionStorage.getItem(TOKEN_KEY);
  if (token === null) {
    show('token', 'Enter the access token. It is in the address that the program printed when it started.');
    return;
  }
  try {
    const [dashboard, decisions, legacy] = await Promise.all([
      read('/risk/dashboard', token),
      read('/risk/audit?kind=REQUEST_DECIDED&limit=12', token),
      read('/risk/runtime-positions?ownership=legacy', token),
    ]);
    fill(dashboard, decisions.data, legacy.data);
    lastAnswerAt = Date.now();
    document.body.dataset.filled = '';
    show('live', '');
  } catch (trouble) {
    explain(trouble);
  }
  if (document.body.dataset.state !== 'token' && !document.hidden) timer = setTimeout(refresh, REFRESH_MS);
}

async function read(path, token) {
  const answer = await fetch(base + path, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  });
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw Object.assign(new Error(body.detail ?? `status ${answer.status}`), { status: answer.status });
}

function explain(trouble) {
  const since = lastAnswerAt === undefined ? '' : ` What is shown is from ${clock(lastAnswerAt)}.`;
  switch (trouble.status) {
    case 401:
      sessionStorage.removeItem(TOKEN_KEY);
      show('token', 'That token is not known here. Enter the one that the program printed when it started.');
      break;
    case 403:
      show('token', `${trouble.message} Enter a token that may read.`);
      break;
    case undefined:
      show('gone', `The Provider does not answer. Trying again every two seconds.${since}`);
      break;
    default:
      show('waiting', `No answer from the Inspector yet: ${trouble.message} Trying again every two seconds.${since}`);
  }
}

const stateWords = { live: 'live', gone: 'no connection', waiting: 'waiting for the Inspector', token: 'token needed' };

function show(state, text) {
  document.body.dataset.state = state;
  at('pulse-text').textContent = state === 'live' ? `live, ${clock(Date.now())}` : stateWords[state];
  if (at('notice-text').textContent !== text) at('notice-text').textContent = text;
  at('token-form').hidden = state !== 'token';
}

function fill(dashboard, decisions, legacy) {
  const { kpi, governor, limits, auditTail, runtimePositions } = dashboard;
  at('governor').dataset.action = governor.action;
  at('governor-action').textContent = governor.action.replace('_', ' ');
  at('governor-reasons').textContent = [...killWords(governor.killSwitch), ...governor.reasons].join(' · ');
  at('day').textContent = kpi.day;
  at('kpi').replaceChildren(...tiles(kpi));
  const positions = [...runtimePositions, ...legacy];
  at('positions-count').textContent = String(positions.length);
  at('positions').replaceChildren(...(positions.length === 0 ? [emptyRow()] : positions.map(positionRow)));
  at('limits').replaceChildren(...orEmpty(limits.map(limitItem), 'No limit is set.'));
  at('decisions').replaceChildren(...orEmpty(decisions.map(recordItem), 'No request has been decided yet.'));
  at('audit').replaceChildren(...orEmpty(auditTail.slice(0, 25).map(recordItem), 'Nothing is recorded yet.'));
  at('audit-seq').textContent = auditTail.length === 0 ? '' : `#${auditTail[0].seq}`;
}

const killWords = (killSwitch) =>
  ['IDLE', 'REARMED'].includes(killSwitch.state)
    ? []
    : [`kill switch ${killSwitch.state.replace('_', ' ').toLowerCase()}`];

function tiles(kpi) {
  return [
    tile('Equity', usd(kpi.currentEquityUsd), kpi.equityKnown ? `peak ${usd(kpi.equityPeakUsd)}` : 'last known value'),
    tile('Result of the day', signed(kpi.dailyPnlUsd, usd), percent(kpi.dailyPnlPct), tone(kpi.dailyPnlUsd)),
    tile('Drawdown', percent(kpi.currentDrawdownPct), `deepest today ${percent(kpi.maxDrawdownPct)}`),
    tile('Closed trades', String(kpi.closedTrades), `${kpi.wins} won, ${kpi.losses} lost`),
    tile(
      'Losses in a row',
      String(kpi.consecutiveLosses),
      kpi.stressModeActive ? 'stress mode: entries count half' : '',
    ),
  ].flat();
}

function tile(name, value, note, toneOf = '') {
  const figure = element('dd', value, toneOf);
  if (note !== '') figure.append(element('small', note));
  const group = element('div', '');
  group.append(element('dt', name), figure);
  return group;
}

function positionRow(position) {
  const { symbol, side, quantity, entryPrice, markPrice, unrealizedPnlUsd, unrealizedPnlPct, stopLoss, takeProfit } =
    position;
  const row = element('tr', '');
  const result = unrealizedPnlUsd === null ? '–' : `${signed(unrealizedPnlUsd, usd)} (${percent(unrealizedPnlPct)})`;
  row.append(
    element('td', symbol),
    element('td', position.status === 'open' ? side : `${side}, ${position.status}`),
    element('td', figure(quantity), 'n'),
    element('td', figure(entryPrice), 'n'),
    element('td', figure(markPrice), 'n'),
    element('td', result, `n ${tone(unrealizedPnlUsd)}`),
    element('td', figure(stopLoss), 'n'),
    element('td', figure(takeProfit), 'n'),
    element('td', protectionWords(position), protectionTones[position.protection.state] ?? ''),
    element('td', position.detectorSysname ?? (position.ownership === 'legacy' ? 'legacy' : position.source), 'soft'),
  );
  return row;
}

const protectionTones = { working: 'good', pending: 'warn', degraded: 'bad' };

function protectionWords({ ownership, protection, trailing, breakeven }) {
  if (ownership === 'legacy') return 'not managed';
  const naked = protection.nakedQuantity > 0 ? `, ${figure(protection.nakedQuantity)} naked` : '';
  const trail = trailing.armed ? ', trailing' : breakeven.armed ? ', breakeven' : '';
  return protection.state + trail + naked;
}

function emptyRow() {
  const cell = element('td', 'No open position.', 'empty');
  cell.colSpan = 10;
  const row = element('tr', '');
  row.append(cell);
  return row;
}

function limitItem({ code, scope, observed, limit, unit, usedPct, timeToTripSec, action }) {
  const item = element('li', '');
  const row = element('div', '', 'row');
  const used = usedPct === null ? 0 : Math.max(0, Math.min(100, usedPct));
  const soon =
    timeToTripSec === null || timeToTripSec > FAR_OFF_S ? '' : `, in ${duration(timeToTripSec)} at this pace`;
  const unitWord = unit === 'count' ? '' : ` ${unit}`;
  const reading = `${observed === null ? 'unknown' : rounded(observed)} of ${rounded(limit)}${unitWord}${soon}`;
  const name = scope === 'global' ? words(code) : `${words(code)}, ${scopeName(scope)}`;
  row.append(element('span', name), element('span', reading, 'soft'));
  row.title = scope;
  const bar = element('progress', '', used >= 100 ? 'bad' : used >= 70 ? 'warn' : '');
  bar.max = 100;
  bar.value = used;
  bar.setAttribute('aria-label', `${words(code)} ${scope}: ${used.toFixed(0)} % used, then ${words(action)}`);
  item.append(row, bar);
  return item;
}

/** `symbol:paper:futures:BTCUSDT` is called BTCUSDT, `account:paper:futures` paper:futures. */
function scopeName(scope) {
  const [kind, ...rest] = scope.split(':');
  return kind === 'symbol' ? rest.at(-1) : rest.join(':');
}

function recordItem({ ts, kind, code, symbol, message, severity, data }) {
  const item = element('li', '');
  const what = kind === 'REQUEST_DECIDED' ? `${data?.decision ?? ''} ${code === 'OK' ? '' : code}`.trim() : words(kind);
  const decided = { ALLOW: 'good', BLOCK: 'bad', THROTTLE: 'warn' }[kind === 'REQUEST_DECIDED' ? data?.decision : ''];
  const weighed = { critical: 'bad', warn: 'warn' }[severity];
  const time = element('time', clock(ts), 'soft');
  time.dateTime = new Date(ts).toISOString();
  const said = symbol === undefined || message.includes(symbol) ? message : `${symbol}: ${message}`;
  item.append(time, element('span', what, `what ${decided ?? weighed ?? ''}`), element('span', said, 'said'));
  return item;
}

const orEmpty = (items, text) => (items.length === 0 ? [element('li', text, 'empty')] : items);

function element(name, text, className = '') {
  const made = document.createElement(name);
  if (text !== '') made.textContent = text;
  if (className.trim() !== '') made.className = className.trim();
  return made;
}

const words = (code) => code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ');
const clock = (ts) => new Date(ts).toLocaleTimeString([], { hour12: false });
const twoDigits = new Intl.NumberFormat('en', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: 'negative',
});
const atMostTwo = new Intl.NumberFormat('en', { maximumFractionDigits: 2, signDisplay: 'negative' });
const minus = (text) => text.replace('-', '−');
const usd = (value) => (value === null ? '–' : minus(twoDigits.format(value)).replace(/^(−?)/, '$1$$'));
const percent = (value) => (value === null ? '–' : `${minus(twoDigits.format(value))} %`);
const rounded = (value) => minus(atMostTwo.format(value));
const figure = (value) => (value === null ? '–' : value.toLocaleString('en', { maximumSignificantDigits: 8 }));
const signed = (value, write) => (value !== null && value >= 0.005 ? `+${write(value)}` : write(value));
const tone = (value) => (value === null || Math.abs(value) < 0.005 ? '' : value > 0 ? 'good' : 'bad');

function duration(seconds) {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
