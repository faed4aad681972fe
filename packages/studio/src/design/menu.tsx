import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Button, type ButtonProps } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

export interface MenuAction {
  id: string;
  label: string;
  icon?: IconName;
  danger?: boolean;
  isDisabled?: boolean;
}

export interface MenuProps {
  /** The button that opens it: icon alone with `aria-label`, or a text. */
  button: ButtonProps;
  actions: readonly MenuAction[];
  onAction(id: string): void;
}

export function Menu({ button, actions, onAction }: MenuProps) {
  return (
    <MenuTrigger>
      <Button {...button} />
      <Popover className="popover" placement="bottom end">
        <AriaMenu className="menu" items={actions} onAction={(key) => onAction(String(key))} aria-label="Actions">
          {({ id, label, icon, danger, isDisabled }) => (
            <MenuItem
              id={id}
              textValue={label}
              className={danger ? 'menu-item is-danger' : 'menu-item'}
              {...(isDisabled === undefined ? {} : { isDisabled })}
            >
              {icon !== undefined && <Icon name={icon} />}
              {label}
            </MenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
