import { type ComponentType, lazy } from 'react';
import type { IconName } from '#design/icon.tsx';

export interface ViewEntry {
  /** In the address: `#/positions`. */
  name: string;
  title: string;
  icon: IconName;
  /** Pressed alone, outside of a field, it opens the view. */
  key: string;
  View: ComponentType;
}

/** Every view, in the order of the rail. Each is loaded when it is first opened. */
export const views: readonly ViewEntry[] = [
  {
    name: 'now',
    title: 'Now',
    icon: 'now',
    key: '1',
    View: lazy(async () => ({ default: (await import('#views/now/now-view.tsx')).NowView })),
  },
  {
    name: 'headroom',
    title: 'Headroom',
    icon: 'headroom',
    key: '2',
    View: lazy(async () => ({ default: (await import('#views/headroom/headroom-view.tsx')).HeadroomView })),
  },
  {
    name: 'positions',
    title: 'Positions',
    icon: 'positions',
    key: '3',
    View: lazy(async () => ({ default: (await import('#views/positions/positions-view.tsx')).PositionsView })),
  },
  {
    name: 'decisions',
    title: 'Decisions',
    icon: 'decisions',
    key: '4',
    View: lazy(async () => ({ default: (await import('#views/decisions/decisions-view.tsx')).DecisionsView })),
  },
  {
    name: 'audit',
    title: 'Audit',
    icon: 'audit',
    key: '5',
    View: lazy(async () => ({ default: (await import('#views/audit/audit-view.tsx')).AuditView })),
  },
  {
    name: 'equity',
    title: 'Equity',
    icon: 'equity',
    key: '6',
    View: lazy(async () => ({ default: (await import('#views/equity/equity-view.tsx')).EquityView })),
  },
  {
    name: 'market',
    title: 'Market',
    icon: 'market',
    key: '7',
    View: lazy(async () => ({ default: (await import('#views/market/market-view.tsx')).MarketView })),
  },
  {
    name: 'options',
    title: 'Options',
    icon: 'options',
    key: '8',
    View: lazy(async () => ({ default: (await import('#views/options/options-view.tsx')).OptionsView })),
  },
  {
    name: 'kill',
    title: 'Kill switch',
    icon: 'kill',
    key: '9',
    View: lazy(async () => ({ default: (await import('#views/kill/kill-view.tsx')).KillView })),
  },
];
