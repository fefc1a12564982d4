import type { Tool } from '@modelcontextprotocol/server';

/**
 * Definitions of tools as `tools/list` sends them, by name, where they are ready. In the sources none is: each is computed
 * when it is first needed. The package has those that follow from the sources alone in the place of this file, computed when it was bundled.
 */
export const readyDefinitions: ReadonlyMap<string, Tool> = new Map();
