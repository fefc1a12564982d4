import { servedAt } from '#platform/access/exposure';
import type { AnyTool } from '#platform/mcp/definitions/tool';
import { offers } from './offers.ts';

/** The definitions of the agentic endpoint's tools; nothing here calls them. */
export const agenticTools: readonly AnyTool[] = servedAt(offers.tools, 'agentic').map(({ thing }) => thing);
