import type { InspectorHealth } from '@inspector/contract';
import type { Picture } from '@inspector/engine';
import { durationText, timeText } from '../render-alert.ts';
import { money, percent, signedMoney, signedPercent } from './figures.ts';

/** Locks and reasons that one answer lists; the rest is counted. */
const LISTED = 5;

/** `/status`: may entries be opened, how the day goes, what is open, what is not well. */
export function statusText(picture: Picture, health: InspectorHealth): string {
  const { kpi, governor, positions, exposure } = picture;
  const legacy = positions.filter(({ ownership }) => ownership === 'legacy').length;
  const naked = positions.filter(
    ({ ownership, protection }) => ownership === 'runtime' && protection.nakedQuantity > 0,
  ).length;
  const used = Object.values(exposure)
    .map(({ accountKey, exposurePct }) => `${accountKey} ${percent(exposurePct)}`)
    .join(', ');
  const lines = [
    governorLine(picture),
    ...governor.locks.slice(0, LISTED).map(lockLine),
    ...moreThan(governor.locks.length, 'locks'),
    `Equity ${money(kpi.currentEquityUsd)} USD${kpi.equityKnown ? '' : ' (last known)'}`,
    `Day ${signedMoney(kpi.dailyPnlUsd)} USD (${signedPercent(kpi.dailyPnlPct)}), ${kpi.closedTrades} trades closed`,
    `Drawdown ${percent(kpi.currentDrawdownPct)}, deepest today ${percent(kpi.maxDrawdownPct)}`,
    `Positions ${positions.length}${legacy > 0 ? `, ${legacy} of them legacy` : ''}${naked > 0 ? `, ${naked} WITHOUT A FULL STOP` : ''}`,
    ...(used === '' ? [] : [`Exposure ${used}`]),
    killLine(picture),
    connectorLine(health),
    ...healthLines(health),
    timeText(health.timestamp),
  ];
  return lines.join('\n');
}

function governorLine({ governor }: Picture): string {
  if (governor.action === 'ALLOW') return '🟢 ALLOW: entries are decided';
  const reasons = governor.reasons.slice(0, LISTED).join('; ');
  const icon = governor.action === 'THROTTLE' ? '🟠' : '🔴';
  return `${icon} ${governor.action}${reasons === '' ? '' : `: ${reasons}`}`;
}

function lockLine({ scope, code, until, actor }: Picture['governor']['locks'][number]): string {
  return `🔒 ${code} on ${scope}, by ${actor}, ${until === null ? 'until it is ended' : `until ${timeText(until)}`}`;
}

const moreThan = (count: number, what: string): string[] =>
  count > LISTED ? [`… and ${count - LISTED} more ${what}`] : [];

function killLine({ governor, timestamp }: Picture): string {
  const { state, incidentId, scopes = [], since, remaining } = governor.killSwitch;
  if (state === 'IDLE' || incidentId === undefined) return `Kill switch ${state}`;
  const left = remaining === undefined ? '' : `, ${remaining.orders} orders and ${remaining.positions} positions left`;
  const age = since === undefined ? '' : `, triggered ${durationText(timestamp - since)} ago`;
  const latch = state === 'REARMED' ? '' : ', latched';
  return `Kill switch ${state} on ${scopes.join(' ')}${latch}${left}${age}`;
}

function connectorLine({ connectors }: InspectorHealth): string {
  if (connectors.length === 0) return 'Connectors: none is heard of';
  const told = connectors.map(
    ({ connectorType, marketType, ok, reason }) => `${connectorType}:${marketType} ${ok ? 'ok' : (reason ?? 'down')}`,
  );
  return `Connectors ${told.join(', ')}`;
}

function healthLines({ ok, ready, degraded, startupReasons }: InspectorHealth): string[] {
  if (ok && ready && !degraded) return ['Health ok'];
  const state = !ok ? 'NOT OK' : !ready ? 'not ready' : 'degraded';
  const reasons = startupReasons.slice(0, LISTED).join('; ');
  return [`Health ${state}${reasons === '' ? '' : `: ${reasons}`}`];
}
