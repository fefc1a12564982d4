import type { ChildProcess } from 'node:child_process';

/** What this asks of a process: a child, or the process itself towards its parent. */
interface Listener {
  send?: ((message: object | string, callback: (error: Error | null) => void) => boolean) | undefined;
}

/**
 * Says something to a process that may be gone already. Without a callback Node makes an error of that, which nobody
 * catches; that it is gone is told by its end.
 */
export function tell(listener: Listener, message: object | string): void {
  listener.send?.(message, () => {});
}

/**
 * Resolves when a process is gone, at once when it is: with its exit code, or null after a signal and when it could not
 * be started at all. Never rejects.
 */
export function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      return resolve(child.exitCode);
    }
    child.once('close', resolve);
    // Other errors say that a message or a signal came too late, which is no end of its own.
    child.on('error', () => {
      if (child.pid === undefined) {
        resolve(null);
      }
    });
  });
}

/** The next message of a process that is accepted; undefined when it ends without one. Never rejects. */
export function nextMessage<Message>(
  child: ChildProcess,
  ended: Promise<unknown>,
  accepts: (message: Message) => boolean = () => true,
): Promise<Message | undefined> {
  return new Promise((resolve) => {
    const settle = (message: Message | undefined) => {
      child.off('message', take);
      resolve(message);
    };
    const take = (message: Message) => {
      if (accepts(message)) {
        settle(message);
      }
    };
    child.on('message', take);
    void ended.then(() => settle(undefined));
  });
}

/**
 * What a process does, ended when the signal aborts before it is done.
 * @param work settles when the process is gone, at the latest
 * @throws the signal's reason when it aborted meanwhile
 */
export async function endedBy<Result>(
  signal: AbortSignal | undefined,
  child: ChildProcess,
  work: Promise<Result>,
): Promise<Result> {
  const end = () => void child.kill('SIGKILL');
  if (signal?.aborted) {
    end();
  }
  signal?.addEventListener('abort', end, { once: true });
  try {
    const result = await work;
    if (signal?.aborted) {
      await endOf(child);
    }
    signal?.throwIfAborted();
    return result;
  } finally {
    signal?.removeEventListener('abort', end);
  }
}
