import type { ResourceFamily } from './define.ts';
import { knowledge } from './knowledge.ts';

/** The resources of `/mcp`. */
export const businessResources: readonly ResourceFamily[] = [knowledge];
