import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Icon, type IconName } from './icon.tsx';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  kind?: 'plain' | 'primary' | 'quiet' | 'danger' | 'danger-quiet';
  size?: 'small' | 'medium' | 'large';
  icon?: IconName;
  children?: ReactNode;
}

/** Without children it shows its icon alone and needs `aria-label`. `onPress` is called for mouse, touch and keyboard. */
export function Button({ kind = 'plain', size = 'medium', icon, children, ...rest }: ButtonProps) {
  const names = ['button', `is-${kind}`, `is-${size}`, ...(children === undefined ? ['is-icon'] : [])];
  return (
    <AriaButton {...rest} className={names.join(' ')}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </AriaButton>
  );
}
