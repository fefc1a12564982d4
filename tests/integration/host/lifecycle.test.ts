import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { fixture } from './fixture.ts';
import { HELLO, useHosts } from './use-hosts.ts';

const { start, app, afterwards } = useHosts();

/** A process that starts a host, says where it is, and waits. */
const START_AND_TELL = `
const { fork } = require('node:child_process');
fork('scripts/launch.cjs', ['emulators/host/cli.ts', '--dir', process.argv[1], '--port', '0'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  .on('message', (message) => console.log(JSON.stringify(message)));`;
const REPOSITORY = path.resolve(import.meta.dirname, '../../..');

const answers = (url: string) =>
  fetch(url).then(
    ({ status }) => status !== 503,
    () => false,
  );

describe('the end', () => {
  test('SIGTERM runs the appTerminate hooks and exits with 0', async () => {
    const host = await start(fixture('buffered'));
    expect(await host.stop()).toBe(0);
    expect(host.output()).toContain('appTerminate ran, started=true');
  });

  test('a call that has not been answered yet gets its answer, and a stream is cut', async () => {
    const host = await start(fixture('streaming'));
    const stream = await fetch(`${host.url}/stream/end`);
    const waiting = fetch(`${host.url}/untilTheEnd`);
    await host.waitForOutput(/waiting for the end/);
    expect(await host.stop()).toBe(0);
    expect(await (await waiting).text()).toBe('answered after the signal');
    await expect(stream.text()).rejects.toThrow();
  });

  test('while open calls are waited for, nobody new gets in', async () => {
    const host = await start(fixture('buffered'));
    const never = expect(fetch(`${host.url}/api/never`)).rejects.toThrow();
    await host.waitForOutput(/Executing 'Functions\.never'/);
    process.kill(host.pid, 'SIGTERM');
    await expect.poll(() => answers(`${host.url}/api/nothing`)).toBe(false);
    // The second signal does not wait any longer.
    await host.stop();
    await never;
  });

  test('with --strict a stream may end by itself, is reset when it takes too long, and the app is told then', async () => {
    const host = await start(fixture('streaming'), { args: ['--strict', '--drain', '1'] });
    const ending = await fetch(`${host.url}/streamUntilTheEnd`);
    const endless = await fetch(`${host.url}/stream/endless`);
    const cut = endless.text().catch(({ cause }: Error) => String(cause));
    const whole = ending.text();
    expect(await host.stop()).toBe(0);
    expect(await whole).toBe('first\nafter the signal\n');

    expect(await cut).toContain('ECONNRESET');
    expect(host.output()).toContain('appTerminate ran');
  });

  test('hooks that never end are not waited for', async () => {
    const folder = app({
      'functions/a.mjs': `${HELLO}
app.hook.appTerminate(() => new Promise(() => {}));`,
    });
    const host = await start(folder.dir);
    expect(await host.stop()).toBe(0);
    expect(host.output()).toContain('The appTerminate hooks took longer than 5 s');
  });

  test('the host ends when the process that started it is gone', async () => {
    const parent = spawn(process.execPath, ['-e', START_AND_TELL, fixture('buffered')], { cwd: REPOSITORY });
    const [line] = await once(createInterface(parent.stdout), 'line');
    const { port } = JSON.parse(line) as { port: number };
    parent.kill('SIGKILL');
    await expect.poll(() => answers(`http://127.0.0.1:${port}/`)).toBe(false);
  });
});

test('a host whose output nobody reads any more ends', async () => {
  const child = spawn(
    process.execPath,
    ['scripts/launch.cjs', 'emulators/host/cli.ts', '--dir', fixture('buffered'), '--port', '0'],
    { cwd: REPOSITORY, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  afterwards(() => child.kill('SIGKILL'));
  const ready = createInterface({ input: child.stdout });
  for await (const line of ready) {
    if (!line.startsWith('Host ready on ')) {
      continue;
    }
    const address = line.slice('Host ready on '.length);
    child.stdout.destroy();
    // A request makes it log, and so notice.
    await fetch(address).catch(() => {});
    await fetch(`${address}/api/nothing`).catch(() => {});
    break;
  }
  const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
  expect(code).toBe(1);
});
