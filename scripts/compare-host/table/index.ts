import type { RequestRow } from '../row.ts';
import { bodyRows } from './bodies.ts';
import { connectionRows } from './connections.ts';
import { headRows } from './heads.ts';
import { pathRows } from './paths.ts';
import { protocolRows } from './protocol.ts';

/**
 * All that is asked of both hosts, in the order of the page. Nothing here changes more than a diagnosis does, and
 * nothing is a request that a host or a library takes badly.
 */
export const requestRows: readonly RequestRow[] = [
  ...protocolRows,
  ...pathRows,
  ...headRows,
  ...bodyRows,
  ...connectionRows,
];
