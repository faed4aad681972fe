import type { Sizing } from '@inspector/contract';
import type { ReactNode } from 'react';
import { figure, price as priceBy } from '#decision-words/figures.ts';

export interface SizingStepsProps {
  sizing: Sizing;
  equityUsd: number | null;
  request: Readonly<Record<string, unknown>>;
  tickSize: number | undefined;
}

const methods: Readonly<Record<NonNullable<Sizing['method']>, string>> = {
  quantity: 'as asked',
  sizePercent: 'from sizePercent',
  riskPerTradePercent: 'from riskPerTradePercent',
  position: 'of the position',
};

/** How the size came about, a line a step, each with the numbers that go into it. */
export function SizingSteps({ sizing, equityUsd, request, tickSize }: SizingStepsProps) {
  // Levels and distances are computed. What was asked for is shown as given: rounded, it would not make the notional.
  const price = (value: number | null) => priceBy(value, tickSize);
  const { quantity, price: at, notionalUsd, stopLoss, takeProfit, leverage, riskUsd, marginUsd, method } = sizing;
  const distance = at === null || stopLoss === null ? null : Math.abs(at - stopLoss);
  const reward = at === null || takeProfit === null ? null : Math.abs(takeProfit - at);
  const { sizePercent } = request;
  const bySize = method === 'sizePercent' && typeof sizePercent === 'number' && equityUsd !== null && at !== null;
  const how = bySize
    ? `${figure(sizePercent, '%')} of ${figure(equityUsd, 'USD')} / ${priceBy(at)}, rounded down`
    : (method && methods[method]) || '';
  const steps: [name: string, how: string, result: string | null][] = [
    ['Quantity', how, quantity === null ? null : figure(quantity, 'base')],
    [
      'Notional',
      `${figure(quantity, 'base')} × ${priceBy(at)}`,
      notionalUsd === null ? null : figure(notionalUsd, 'USD'),
    ],
    ['Stop', `${price(stopLoss)}, ${share(distance, at)} away`, distance === null ? null : price(distance)],
    [
      'At risk',
      `${figure(quantity, 'base')} × ${price(distance)}`,
      riskUsd === null ? null : amount(riskUsd, equityUsd),
    ],
    ['Target', `${price(takeProfit)}, ${share(reward, at)} away`, reward === null ? null : price(reward)],
    [
      'Reward to risk',
      `${price(reward)} / ${price(distance)}`,
      reward === null || distance === null || distance === 0 ? null : figure(reward / distance, 'ratio'),
    ],
    [
      'Margin',
      `${figure(notionalUsd, 'USD')} / ${figure(leverage, 'x')}`,
      marginUsd === null ? null : figure(marginUsd, 'USD'),
    ],
  ];
  const shown = steps.filter(([, , result]) => result !== null);
  if (shown.length === 0) return null;
  return (
    <section>
      <h3 className="decisions-title">Sizing</h3>
      <dl className="decisions-steps">
        {shown.map(
          ([name, by, result]): ReactNode => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="soft number decisions-how">{by}</dd>
              <dd className="number decisions-end">{result}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}

const share = (part: number | null, whole: number | null): string =>
  part === null || whole === null || whole === 0 ? '–' : figure((part / whole) * 100, '%');

const amount = (usd: number, equityUsd: number | null): string =>
  equityUsd === null || equityUsd <= 0
    ? figure(usd, 'USD')
    : `${figure(usd, 'USD')}, ${figure((usd / equityUsd) * 100, '%')} of equity`;
