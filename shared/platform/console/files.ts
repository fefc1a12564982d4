import { consolePath } from '../sign-in/console-path.ts';

/**
 * What the console is loaded from, by its name below a tenant's `/console/`. The names stay, whatever is in the files: a
 * gateway has a route for each of them, and for nothing else.
 */
export const consoleFiles = {
  'app.js': 'text/javascript; charset=utf-8',
  'app.css': 'text/css; charset=utf-8',
  'forms.js': 'text/javascript; charset=utf-8',
  'cards.js': 'text/javascript; charset=utf-8',
  'shared-1.js': 'text/javascript; charset=utf-8',
  'shared-2.js': 'text/javascript; charset=utf-8',
  'shared-3.js': 'text/javascript; charset=utf-8',
} as const;

export type ConsoleFile = keyof typeof consoleFiles;

/** Name, beside the files, of the page that stands around a card. */
export const cardFrame = 'card';

/** Paths below a tenant's address that the console answers; the first is the page itself. */
export const consolePaths: readonly string[] = [
  consolePath,
  ...[cardFrame, ...Object.keys(consoleFiles)].map((name) => `${consolePath}/${name}`),
];
