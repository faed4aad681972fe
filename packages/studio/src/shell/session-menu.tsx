import { Menu } from '#design/menu.tsx';
import { chooseTheme, useTheme } from '#design/theme.ts';
import { useSession } from '#session/session-context.tsx';

/** Who is here, with which role; the theme; and the way out. */
export function SessionMenu() {
  const { caller, version, leave } = useSession();
  const theme = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <Menu
      button={{ kind: 'quiet', icon: 'menu', 'aria-label': `${caller.name}, ${caller.role}: theme and token` }}
      actions={[
        { id: 'who', label: `${caller.name}, ${caller.role}`, icon: 'key', isDisabled: true },
        { id: 'theme', label: `Use the ${other} theme`, icon: other === 'dark' ? 'moon' : 'sun' },
        { id: 'leave', label: 'Use another token', icon: 'lock' },
        { id: 'version', label: `Inspector ${version}`, icon: 'info', isDisabled: true },
      ]}
      onAction={(id) => {
        if (id === 'theme') chooseTheme(other);
        if (id === 'leave') leave();
      }}
    />
  );
}
