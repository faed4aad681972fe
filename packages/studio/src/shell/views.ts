import type { ComponentType } from 'react';
import type { IconName } from '#design/icon.tsx';
import { createViewCode, type ViewCode } from './view-code.ts';

export interface ViewEntry {
  /** In the address: `#/positions`. */
  name: string;
  title: string;
  icon: IconName;
  /** Pressed alone, outside of a field, it opens the view. */
  key: string;
  code: ViewCode<ComponentType>;
}

/** Every view, in the order of the rail. The code of each is fetched by itself. */
export const views: readonly ViewEntry[] = [
  {
    name: 'now',
    title: 'Now',
    icon: 'now',
    key: '1',
    code: createViewCode(async () => (await import('#views/now/now-view.tsx')).NowView),
  },
  {
    name: 'headroom',
    title: 'Headroom',
    icon: 'headroom',
    key: '2',
    code: createViewCode(async () => (await import('#views/headroom/headroom-view.tsx')).HeadroomView),
  },
  {
    name: 'positions',
    title: 'Positions',
    icon: 'positions',
    key: '3',
    code: createViewCode(async () => (await import('#views/positions/positions-view.tsx')).PositionsView),
  },
  {
    name: 'decisions',
    title: 'Decisions',
    icon: 'decisions',
    key: '4',
    code: createViewCode(async () => (await import('#views/decisions/decisions-view.tsx')).DecisionsView),
  },
  {
    name: 'audit',
    title: 'Audit',
    icon: 'audit',
    key: '5',
    code: createViewCode(async () => (await import('#views/audit/audit-view.tsx')).AuditView),
  },
  {
    name: 'equity',
    title: 'Equity',
    icon: 'equity',
    key: '6',
    code: createViewCode(async () => (await import('#views/equity/equity-view.tsx')).EquityView),
  },
  {
    name: 'market',
    title: 'Market',
    icon: 'market',
    key: '7',
    code: createViewCode(async () => (await import('#views/market/market-view.tsx')).MarketView),
  },
  {
    name: 'options',
    title: 'Options',
    icon: 'options',
    key: '8',
    code: createViewCode(async () => (await import('#views/options/options-view.tsx')).OptionsView),
  },
  {
    name: 'kill',
    title: 'Kill switch',
    icon: 'kill',
    key: '9',
    code: createViewCode(async () => (await import('#views/kill/kill-view.tsx')).KillView),
  },
];
