/** Drawn on 16 × 16, one line each. */
const paths = {
  now: 'M2 9h3l2-6 3 10 2-4h2',
  headroom: 'M2 3.5h9M2 8h12M2 12.5h6M13.5 2v3M10.5 11v3',
  positions: 'M4.5 2v2M4.5 11v3M3 4h3v7H3zM11.5 2v3M11.5 12v2M10 5h3v7h-3z',
  market: 'M2 12l3.5-4.5L8.5 10 14 4M10.5 4H14v3.5',
  equity: 'M2 13.5h12M2.5 11 6 6.5l3 2.5 4.5-6',
  decisions: 'M2.5 3h11M2.5 8h6M2.5 13h4M10.5 11.5l1.7 1.7L15 9.6',
  audit: 'M3 2h7l3 3v9H3zM10 2v3h3M5.5 8h5M5.5 11h5',
  options: 'M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6M10 2.8v3.4M6 9.8v3.4',
  kill: 'M8 1.8v5.6M4.6 3.6a5.6 5.6 0 1 0 6.8 0',
  allow: 'M3 8.5l3.2 3.2L13 4.6',
  throttle: 'M2.5 11a5.5 5.5 0 1 1 11 0M8 11l3-3.4',
  block: 'M4 4l8 8M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z',
  'stand-down': 'M5.5 3.5v9M10.5 3.5v9',
  'close-all': 'M3 3l10 10M13 3 3 13',
  shield: 'M8 1.8l5 2v4c0 3.2-2 5.3-5 6.6-3-1.3-5-3.4-5-6.6v-4z',
  warn: 'M8 2.2 14.3 13H1.7zM8 6.2v3.4M8 11.3v.4',
  info: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 7.2V11M8 5v.3',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5l3.2 3.2L13 4.6',
  up: 'M8 13V3M4 7l4-4 4 4',
  down: 'M8 3v10M4 9l4 4 4-4',
  right: 'M6 3l5 5-5 5',
  menu: 'M3 4h10M3 8h10M3 12h10',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z',
  key: 'M5.5 13a3 3 0 1 1 2.6-4.5L14 8.5v2.4M11.5 8.5v2',
  lock: 'M4 7.5h8V14H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  clock: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 5v3.2l2.2 1.6',
  link: 'M6.5 9.5l3-3M7 4.8l1.3-1.3a2.8 2.8 0 0 1 4 4L11 8.8M9 11.2l-1.3 1.3a2.8 2.8 0 0 1-4-4L5 7.2',
  unlink: 'M7 4.8l1.3-1.3a2.8 2.8 0 0 1 4 4L11 8.8M9 11.2l-1.3 1.3a2.8 2.8 0 0 1-4-4L5 7.2M2 2l12 12',
  download: 'M8 2v8M4.5 6.8 8 10.3l3.5-3.5M2.5 13.5h11',
  filter: 'M2 3h12L9.5 8.5V13l-3-1.5v-3z',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.4 10.4 14 14',
  refresh: 'M13 5.5A5.5 5.5 0 0 0 3 6M13 2.5v3h-3M3 10.5a5.5 5.5 0 0 0 10-.5M3 13.5v-3h3',
  history: 'M3 5.5A5.5 5.5 0 1 1 2.5 8M3 2.5v3h3M8 5v3.2l2.2 1.6',
} as const;

export type IconName = keyof typeof paths;

/** A picture beside a word. By itself it says nothing to a screen reader: give its place a label. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
