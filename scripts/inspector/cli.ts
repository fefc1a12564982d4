import { spawn } from 'node:child_process';
import path from 'node:path';
import { installApart } from '../apart/install.ts';

/** `npm run inspector`: the MCP Inspector, which understands all that follows `--`, on a Node that it runs on. */
try {
  const { node, modules } = await installApart('inspector');
  const launcher = path.join(modules, '@modelcontextprotocol/inspector/clients/launcher/build/index.js');
  const inspector = spawn(node, [launcher, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl+C reaches both; the Inspector decides when it is done
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => inspector.kill());
  inspector.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
