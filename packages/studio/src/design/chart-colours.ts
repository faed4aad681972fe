/** Colours that a chart draws with, by their token. */
export type ChartColour = 'accent' | 'good' | 'warn' | 'alert' | 'bad' | 'up' | 'down' | 'violet' | 'text' | 'text-3';

/** The theme's value of a token: a canvas knows no custom properties. */
export const colourOf = (name: ChartColour | 'line' | 'line-strong' | 'surface' | 'surface-3' | 'text-2'): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** The same with an opacity of 0 to 1. */
export const transparent = (colour: string, opacity: number): string =>
  `${colour}${Math.round(opacity * 255)
    .toString(16)
    .padStart(2, '0')}`;
