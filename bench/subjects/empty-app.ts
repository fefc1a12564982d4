import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { scratchDir } from './plain-node.ts';

/** The function sends what it is told to in the environment, without looking at the request. */
const code = `import { app } from '@azure/functions';
app.setup({ enableHttpStream: true });
const answers = JSON.parse(process.env.BENCH_ANSWERS ?? '{}');
app.http('mcp', {
  route: 'mcp',
  methods: ['POST'],
  authLevel: 'anonymous',
  async handler(request) {
    const { method } = await request.json();
    return { body: answers[method] ?? '{}', headers: { 'content-type': 'application/json' } };
  },
});
`;

/** Writes a function app that does nothing: what the host and the Functions library cost by themselves. */
export async function makeEmptyApp(): Promise<string> {
  const dir = path.join(scratchDir, 'empty-app');
  await mkdir(dir, { recursive: true });
  await writeFile(path.join(dir, 'package.json'), JSON.stringify({ type: 'module', main: 'functions.js' }));
  await writeFile(
    path.join(dir, 'host.json'),
    JSON.stringify({ version: '2.0', extensions: { http: { routePrefix: '' } } }),
  );
  await writeFile(path.join(dir, 'functions.js'), code);
  return dir;
}
