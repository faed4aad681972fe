/** Points of the drawing; the line is stretched to its place. */
const WIDTH = 100;
const HEIGHT = 24;

export interface SparklineProps {
  /** Oldest first. Fewer than two draw nothing. */
  values: readonly number[];
  /** What moves, in words. */
  label: string;
  height?: number;
}

/** How a figure moved, without scales: for a glance beside the figure itself. */
export function Sparkline({ values, label, height = HEIGHT }: SparklineProps) {
  if (values.length < 2) return <div style={{ height }} />;
  const least = Math.min(...values);
  const most = Math.max(...values);
  const spread = most - least || 1;
  const points = values
    .map((value, at) => {
      const x = (at / (values.length - 1)) * WIDTH;
      const y = HEIGHT - 1.5 - ((value - least) / spread) * (HEIGHT - 3);
      return `${x.toFixed(2)},${y.toFixed(2)}`;
    })
    .join(' ');
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      style={{ height }}
      role="img"
      aria-label={label}
    >
      <polyline className="sparkline-area" points={`0,${HEIGHT} ${points} ${WIDTH},${HEIGHT}`} />
      <polyline className="sparkline-line" points={points} />
    </svg>
  );
}
