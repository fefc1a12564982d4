import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { startAzurite } from '#emulators/stack/azurite';

/** A child whose channel breaks at whatever is said to it, as it does when the process is gone and nobody knows yet. */
class GoneChild extends EventEmitter {
  readonly pid = 1;
  readonly connected = true;
  readonly exitCode = null;
  readonly signalCode = null;

  send(_message: unknown, callback?: (error: Error) => void): boolean {
    const broken = new Error('write EPIPE');
    if (callback === undefined) {
      this.emit('unheard', broken);
    } else {
      callback(broken);
    }
    for (const end of ['exit', 'close']) {
      this.emit(end, 1);
    }
    return false;
  }

  kill(): boolean {
    return false;
  }
}

const child = new GoneChild();

vi.mock('node:child_process', () => ({
  fork: () => {
    setImmediate(() => child.emit('message', { port: 1 }));
    return child;
  },
}));

test('storage whose process is gone already is stopped, and what was said to it in vain is no error', async () => {
  const azurite = await startAzurite({ port: 0 });
  const unheard = vi.fn();
  child.once('unheard', unheard);
  await azurite.stop();
  expect(unheard).not.toHaveBeenCalled();
  await azurite.stop();
});

test('an error of a channel that broke by itself ends nothing but the waiting', async () => {
  const azurite = await startAzurite({ port: 0 });
  expect(child.emit('error', new Error('read ECONNRESET'))).toBe(true);
  const exited = azurite.exited;
  child.emit('close', 0);
  await exited;
});
