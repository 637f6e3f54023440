import { useState } from 'react';
import { Segmented } from '#web/ui/Tabs.tsx';

const KEY = 'quarterdeck.theme';
type Theme = 'light' | 'dark' | 'device';
const CHOICES = [
  { id: 'light', label: 'Light' },
  { id: 'dark', label: 'Dark' },
  { id: 'device', label: 'As the device' },
];

const kept = (): Theme => {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : 'device';
};

/** Sets the theme now and remembers it on this device; `theme.js` repeats this before the first paint. */
export function setTheme(theme: Theme): void {
  if (theme === 'device') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, theme);
  const dark = theme === 'dark' || (theme === 'device' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}

/** For the palette: the other of light and dark. */
export const flipTheme = (): void => setTheme(document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark');

export function ThemeToggle() {
  const [theme, choose] = useState(kept);
  return (
    <Segmented
      label="Theme"
      choices={CHOICES}
      current={theme}
      onChoose={(id) => {
        choose(id as Theme);
        setTheme(id as Theme);
      }}
    />
  );
}
