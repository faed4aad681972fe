import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { type Tone, toneClass } from './tone.ts';

export interface NoteProps {
  tone: Tone;
  icon?: IconName;
  /** `alert` and `status` are read out when they come. */
  role?: 'alert' | 'status';
  children: ReactNode;
}

/** Something that has to be said in place: a refusal, a warning, what a command found. */
export function Note({ tone, icon, role, children }: NoteProps) {
  return (
    <div className={`note${toneClass(tone)}`} role={role}>
      {icon !== undefined && <Icon name={icon} size={14} />}
      <div>{children}</div>
    </div>
  );
}
