import { tell } from '../../scripts/lib/child-process.ts';
import { stackOf } from '../lib/errors.ts';
import { type HostOptions, type RunningHost, startHost } from './host.ts';

/**
 * Makes this process a host: it says on standard output what it serves, tells its parent the port, and ends with a signal, with its
 * parent, or when nobody reads what it prints.
 * @throws HostStartError whose message says what to do
 */
export async function runHost(options: HostOptions): Promise<void> {
  const endInOrder = endWithParent();
  const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
  const host = await startHost({ ...options, colour });
  endWhenNobodyReads();
  endInOrder();
  stopOnSignals(host);
  reportEscapedErrors(host, options.strict ?? false);
  printFunctions(host);
  console.log(`Host ready on ${host.url}`);
  tell(process, { type: 'ready', port: host.port });
}

function printFunctions(host: RunningHost): void {
  const lines = host.functions.map(({ name, trigger, methods, url, disabled }) => {
    const what = url === undefined ? trigger : `[${methods.join(',')}] ${url}`;
    return `        ${name}: ${disabled ? `${trigger} (disabled)` : what}`;
  });
  console.log(['', 'Functions:', '', ...lines, ''].join('\n'));
  if (host.keys) {
    console.log(`Function key: ${host.keys.function}\nMaster key: ${host.keys.master}\n`);
  }
}

/** Ends this process when its parent ends while the app is still loading: nobody else would. Returns the function that undoes it. */
function endWithParent(): () => void {
  const end = () => process.exit(1);
  process.once('disconnect', end);
  if (process.send !== undefined && !process.connected) {
    end();
  }
  return () => process.off('disconnect', end);
}

/**
 * Ends on a signal with the app's own shutdown, on the second one of the same kind at once; and when the process that
 * started it is gone. Ctrl+C reaches every process of a terminal: whoever started this one may ask it to end as well.
 */
function stopOnSignals(host: RunningHost): void {
  const stop = () => void host.stop().finally(() => process.exit(0));
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(1));
      stop();
    });
  }
  process.once('disconnect', stop);
}

/** What the output is piped into may end first; without a reader every report of the broken pipe would break it again. */
function endWhenNobodyReads(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => process.exit(1));
  }
}

/** An error that no function was waiting for ends the real worker; here the other functions go on, unless --strict. */
function reportEscapedErrors(host: RunningHost, strict: boolean): void {
  const report = (error: unknown) => {
    host.log.write(
      'critical',
      'Host.Worker',
      `Worker uncaught exception: ${stackOf(error)}\nIn Azure the worker process ends here, and every request that it serves fails.`,
    );
    if (strict) {
      process.exit(1);
    }
  };
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
}
