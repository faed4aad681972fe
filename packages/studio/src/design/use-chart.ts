import type { IChartApi } from 'lightweight-charts';
import { type RefObject, useEffect, useRef } from 'react';

/**
 * The ref of the element that a chart is opened in once, and removed with. `drawn` is what `open` made, null before; effects
 * that draw stand after this hook.
 */
export function useChart<Drawn extends { chart: IChartApi }>(
  drawn: RefObject<Drawn | null>,
  open: (element: HTMLElement) => Drawn,
): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is opened once, by what was given first
  useEffect(() => {
    if (place.current === null) return;
    const opened = open(place.current);
    drawn.current = opened;
    return () => {
      opened.chart.remove();
      drawn.current = null;
    };
  }, []);
  return place;
}
