/** Parts that views are made of. */
export { Badge } from './badge.tsx';
export { Bar } from './bar.tsx';
export { Button } from './button.tsx';
export { Choice } from './choice.tsx';
export { Dialog } from './dialog.tsx';
export { Field } from './field.tsx';
export { Duration, Figure, Money, Percent, Time } from './figure.tsx';
export { Icon, type IconName } from './icon.tsx';
export { Menu } from './menu.tsx';
export { Panel } from './panel.tsx';
export { EmptyState, ErrorState, Waiting } from './state.tsx';
export { Switch } from './switch.tsx';
export { type Column, Table } from './table.tsx';
export { Tabs } from './tabs.tsx';
export { showToast } from './toast.tsx';
export { type Tone, toneClass } from './tone.ts';
