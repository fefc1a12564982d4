import { businessTools } from '../../shared/contoso/tools/index.ts';
import type { AnyTool } from '../../shared/platform/mcp/definitions/tool.ts';
import { memoryCall } from '../subjects/memory-call.ts';

/** One of our tools as any other MCP library registers it: same schemas, same handler, same answer. */
export interface PlainTool {
  readonly name: string;
  readonly config: Pick<AnyTool, 'title' | 'description' | 'annotations'> & {
    readonly inputSchema: AnyTool['input'];
    readonly outputSchema: AnyTool['output'];
  };
  readonly call: (args: Readonly<Record<string, unknown>>) => Promise<PlainResult>;
}

export interface PlainResult {
  content: { type: 'text'; text: string }[];
  structuredContent: Record<string, unknown>;
  /** The SDKs' results have an open shape. */
  [key: string]: unknown;
}

/** The eighteen tools without anything of this service around them: no caller, no permissions, no audit. */
export async function plainTools(): Promise<readonly PlainTool[]> {
  const call = await memoryCall();
  return businessTools.map((tool) => ({
    name: tool.name,
    config: {
      title: tool.title,
      description: tool.description,
      annotations: { ...tool.annotations },
      inputSchema: tool.input,
      outputSchema: tool.output,
    },
    async call(args) {
      const structuredContent = await tool.handler(args, call);
      return {
        content: [
          { type: 'text', text: tool.summary(structuredContent) },
          { type: 'text', text: JSON.stringify(structuredContent) },
        ],
        structuredContent,
      };
    },
  }));
}
