import { plainTools } from './plain-tools.ts';
import { serve, toListener } from './serve.ts';

/** A library that answers web-standard requests, behind node:http; its name is the argument. */
const ways = {
  'usual-2x': async () => (await import('./usual-way.ts')).usualWay2,
  tmcp: async () => (await import('./tmcp-way.ts')).tmcpWay,
  'mcp-use': async () => (await import('./mcp-use-way.ts')).mcpUseWay,
  'mcp-handler': async () => (await import('./mcp-handler-way.ts')).mcpHandlerWay,
} as const;
export type ServedWay = keyof typeof ways;

const way = await ways[process.argv[2] as ServedWay]();
serve(toListener(way(await plainTools())));
