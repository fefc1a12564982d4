import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { reachStorage } from '#seed/reach-storage';
import { testDataStorage } from '../../support/azurite.ts';

const cleanups: (() => unknown)[] = [];

afterEach(() => {
  for (const clean of cleanups.splice(0)) {
    clean();
  }
});

/** A server that answers every request with this status. */
async function serverOf(status: number): Promise<number> {
  const server = createServer((_request, response) => response.writeHead(status).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

const at = (port: number) => testDataStorage().replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${port}`);
const failureOf = async (text: string, source = 'DATA_STORAGE') =>
  await reachStorage(text, source).then(
    () => 'reached',
    (error: Error) => error.message,
  );

describe('storage of a command line', () => {
  it('is reached', async () => {
    expect(await failureOf(testDataStorage())).toBe('reached');
  });

  it('that does not answer is named, without its key', async () => {
    const port = await serverOf(200);
    cleanups.pop()?.();
    const message = await failureOf(at(port));
    expect(message).toContain(`The storage at 127.0.0.1:${port}, which DATA_STORAGE names, does not answer`);
    expect(message).not.toContain('AccountKey');
    expect(message).not.toContain('Eby8vdM02');
  });

  it('that refuses says what to check', async () => {
    expect(await failureOf(at(await serverOf(403)), '--storage')).toMatch(
      /--storage names, refuses.*az login/,
    );
  });

  it.each([
    ['here', /^--storage must be a connection string/],
    ['"UseDevelopmentStorage=true"', /^--storage begins with a quote; leave the quotes out\.$/],
    ['http://storage.example.com/a', /^--storage must be a connection string/],
  ])('%s is refused by the name of its option', async (text, message) => {
    expect(await failureOf(text, '--storage')).toMatch(message);
  });
});
