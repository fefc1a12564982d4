import type { McpUiHostContext } from '@modelcontextprotocol/ext-apps';

/** Takes the client's colours and fonts. What it does not say is as the page's style has it. */
export function applyTheme({ theme, styles }: McpUiHostContext): void {
  const root = document.documentElement;
  if (theme === 'light' || theme === 'dark') {
    root.dataset.theme = theme;
  }
  for (const [name, value] of Object.entries(styles?.variables ?? {})) {
    if (name.startsWith('--') && typeof value === 'string') {
      root.style.setProperty(name, value);
    }
  }
}
