import { trace } from '@opentelemetry/api';
import { visible } from '../format-controls.ts';
import { traceIdOf } from './trace-context.ts';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** One JSON object per line. Callers pass counts, names and ids; never tokens, e-mails, names or texts of people. */
export interface Logger {
  /** @param fields of the line; a function is asked for them when the line is written */
  log(level: LogLevel, message: string, fields?: LogFields | (() => LogFields)): void;
}

/**
 * Lines that belong to a trace name it.
 * @param threshold lines below it are dropped
 * @param write gets each line without its line end; the Functions host collects the worker's standard output
 */
export function createLogger(
  threshold: LogLevel,
  now: () => Date,
  write: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
): Logger {
  const least = logLevels.indexOf(threshold);
  return {
    log(level, message, fields) {
      if (logLevels.indexOf(level) >= least) {
        const traceId = traceIdOf(trace.getActiveSpan());
        const said = typeof fields === 'function' ? fields() : fields;
        write(visible(JSON.stringify({ time: now().toISOString(), level, message, traceId, ...said })));
      }
    },
  };
}
