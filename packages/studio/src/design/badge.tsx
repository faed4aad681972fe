import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { type Tone, toneClass } from './tone.ts';

export function Badge({ tone, icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className={`badge${toneClass(tone)}`}>
      {icon !== undefined && <Icon name={icon} size={11} />}
      {children}
    </span>
  );
}
