import type { EquityPoint, EquityResponse } from '@inspector/contract';
import { SLOW_MS, useInspectorReading } from '#data/reading.ts';
import { Sparkline } from '#design/sparkline.tsx';
import { equityLine } from './equity-line.ts';

/** More would be finer than the place is wide. */
const POINTS = 120;

const dataOf = ({ data }: EquityResponse): EquityPoint[] => data;

/** How equity moved since the trading day began, of all accounts together. */
export function EquitySpark() {
  const { data } = useInspectorReading<EquityResponse, EquityPoint[]>({
    key: ['equity', 'spark'],
    path: '/risk/equity',
    query: { points: POINTS },
    everyMs: SLOW_MS,
    select: dataOf,
  });
  return <Sparkline values={equityLine(data ?? [])} label="Equity since the day began" height={22} />;
}
