import { FastMCP } from 'fastmcp';
import { freePort } from '../../emulators/stack/free-port.ts';
import { plainTools } from './plain-tools.ts';
import { announce } from './serve.ts';

/** The fastmcp package in its stateless mode, which is its mode for serverless use. */
const server = new FastMCP({
  name: 'fastmcp',
  version: '1.0.0',
  logger: { debug() {}, error: console.error, info() {}, log() {}, warn() {} },
});

for (const { name, config, call } of await plainTools()) {
  server.addTool({
    name,
    description: config.description,
    annotations: { title: config.title, ...config.annotations },
    parameters: config.inputSchema,
    outputSchema: config.outputSchema,
    execute: (args) => call(args as Record<string, unknown>),
  });
}

const port = await freePort(0);
await server.start({
  transportType: 'httpStream',
  httpStream: { port, host: '127.0.0.1', endpoint: '/mcp', stateless: true },
});
announce(port);
