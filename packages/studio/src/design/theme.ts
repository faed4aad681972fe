import { useStore } from '#stores/store.ts';
import { createValueStore } from '#stores/value-store.ts';

export type Theme = 'dark' | 'light';

const THEME_KEY = 'inspector-theme';
const system = matchMedia('(prefers-color-scheme: light)');
const store = createValueStore<Theme>(themeNow());
system.addEventListener('change', () => store.set(themeNow()));

function themeNow(): Theme {
  const { theme } = document.documentElement.dataset;
  if (theme === 'dark' || theme === 'light') return theme;
  return system.matches ? 'light' : 'dark';
}

/** The theme that is shown: the chosen one, else the system's. */
export const useTheme = (): Theme => useStore(store, (theme) => theme);

/** Chooses a theme for this browser. */
export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Without storage it holds until the page is left.
  }
  store.set(theme);
}
