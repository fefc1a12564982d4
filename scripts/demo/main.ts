import { runCommand } from '../command-line/run-command.ts';

const usage = `Walks through everything with real clients of both generations, on a throw-away copy of the local stack. What a
stack that runs beside it holds stays as it is. Exits 0 only when everything was as it must be.

  npm run demo`;

await runCommand({ usage, options: {} }, async () => {
  const { demonstrate } = await import('./walk-through.ts');
  return await demonstrate();
});
