import type { AnyFamily } from '#platform/mcp/definitions/resource';
import { knowledge } from './knowledge.ts';

/** The resources of `/mcp`. */
export const businessResources: readonly AnyFamily[] = [knowledge];
