import type { Target } from './target.ts';

/** By name: what it is, and how it is loaded. Each has a folder of this name in `corpus/`. */
export const targets: Readonly<Record<string, () => Promise<{ readonly fuzz: Target }>>> = {
  message: () => import('./targets/message.ts'),
  policy: () => import('./targets/policy.ts'),
  tokens: () => import('./targets/tokens.ts'),
  assertions: () => import('./targets/assertions.ts'),
  cursors: () => import('./targets/cursors.ts'),
  'session-ids': () => import('./targets/session-ids.ts'),
  filters: () => import('./targets/filters.ts'),
};

/** Those that wait for something. */
export const later: ReadonlySet<string> = new Set(['tokens', 'assertions']);
