import type { Clock } from './clock.ts';

const LEVELS = ['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none'] as const;
export type LogLevel = (typeof LEVELS)[number];

/** One log for the host and for the app's functions, in the shape that Core Tools print. */
export interface HostLog {
  /** @param category as in host.json `logging.logLevel`, for example `Function.mcp.User` or `Host.Startup` */
  write(level: LogLevel, category: string, message: string): void;
}

export interface LogOptions {
  /** `logging.logLevel` of host.json: category prefix → level name; `default` is for the rest. */
  readonly levels: Readonly<Record<string, string>>;
  /** Takes one entry, which may span several lines and ends without a line break. */
  readonly sink: (line: string) => void;
  readonly colour: boolean;
  readonly clock: Clock;
}

const COLOURS: Partial<Record<LogLevel, string>> = {
  trace: '\x1b[90m',
  debug: '\x1b[90m',
  warning: '\x1b[33m',
  error: '\x1b[31m',
  critical: '\x1b[31m',
};

/** A log that drops what `levels` excludes and writes the rest as `[time] message`. */
export function createLog(options: LogOptions): HostLog {
  const minimumOf = categoryFilter(options.levels);
  return {
    write(level, category, message) {
      if (level === 'none' || rank(level) < minimumOf(category)) {
        return;
      }
      const line = `[${options.clock.now().toISOString()}] ${message}`;
      const colour = options.colour ? COLOURS[level] : undefined;
      options.sink(colour ? `${colour}${line}\x1b[0m` : line);
    },
  };
}

/** The level whose name this is, in any case; undefined for anything else. */
function parseLogLevel(name: string): LogLevel | undefined {
  return LEVELS.find((level) => level === name.toLowerCase());
}

function rank(level: LogLevel): number {
  return LEVELS.indexOf(level);
}

/** The longest configured prefix of a category decides, as .NET log filters do. */
function categoryFilter(levels: Readonly<Record<string, string>>): (category: string) => number {
  const rules = Object.entries(levels)
    .map(([prefix, name]) => ({ prefix: prefix.toLowerCase(), level: parseLogLevel(name) ?? 'information' }))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  const fallback = rules.find((rule) => rule.prefix === 'default')?.level ?? 'information';
  return (category) => {
    const name = category.toLowerCase();
    const rule = rules.find(({ prefix }) => prefix !== 'default' && name.startsWith(prefix));
    return rank(rule?.level ?? fallback);
  };
}
