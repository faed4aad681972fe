import { type Tone, toneClass } from './tone.ts';

export interface BarProps {
  /** 0 to 100; more fills it whole. Null: not known, drawn hatched. */
  percent: number | null;
  tone?: Tone;
  thick?: boolean;
  /** What it measures, for assistive technology. */
  label: string;
  /** The reading in words; the percentage without it. */
  valueText?: string;
}

/** How much of something is used. The figure belongs beside it: the bar alone is not read. */
export function Bar({ percent, tone, thick, label, valueText }: BarProps) {
  const shown = percent === null ? 0 : Math.max(0, Math.min(100, percent));
  const names = ['bar', ...(thick ? ['is-thick'] : []), ...(percent === null ? ['is-unknown'] : [])];
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw a meter element in their own way
    <div
      className={names.join(' ') + toneClass(tone)}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(shown)}
      aria-valuetext={valueText ?? (percent === null ? 'not known' : `${Math.round(shown)} %`)}
    >
      <div className="bar-fill" style={{ width: `${shown}%` }} />
    </div>
  );
}
