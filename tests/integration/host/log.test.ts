import { expect, test } from 'vitest';
import { systemClock } from '#emulators/host/clock';
import { createLog, type LogLevel } from '#emulators/host/log';
import { formatTimeSpan, parseTimeSpan } from '#emulators/host/time-span';

const clock = { ...systemClock, now: () => new Date('2026-01-02T03:04:05.678Z') };

function written(
  levels: Record<string, string>,
  level: LogLevel,
  category: string,
  colour = false,
): string[] {
  const lines: string[] = [];
  createLog({ levels, sink: (line) => lines.push(line), colour, clock }).write(level, category, 'text');
  return lines;
}

test('an entry starts with the time', () => {
  expect(written({}, 'information', 'Host.Startup')).toEqual(['[2026-01-02T03:04:05.678Z] text']);
});

test.each<[Record<string, string>, LogLevel, string, boolean]>([
  [{}, 'debug', 'Host.Startup', false],
  [{ default: 'Debug' }, 'debug', 'Host.Startup', true],
  [{ default: 'Warning' }, 'information', 'Host.Startup', false],
  [{ default: 'Warning', Host: 'Information' }, 'information', 'Host.Startup', true],
  [{ Function: 'Error', 'Function.mcp.User': 'Trace' }, 'trace', 'Function.mcp.User', true],
  [{ Function: 'Error', 'Function.mcp.User': 'Trace' }, 'warning', 'Function.mcp', false],
  [{ function: 'none' }, 'critical', 'Function.mcp', false],
])('with %j an entry of level %s in %s is written: %s', (levels, level, category, expected) => {
  expect(written(levels, level, category).length > 0).toBe(expected);
});

test('colours are for terminals only', () => {
  expect(written({}, 'error', 'Host', true)).toEqual(['\x1b[31m[2026-01-02T03:04:05.678Z] text\x1b[0m']);
  expect(written({}, 'information', 'Host', true)).toEqual(['[2026-01-02T03:04:05.678Z] text']);
});

test.each([
  ['00:05:00', 300_000],
  ['1.02:03:04.5', 93_784_500],
  ['24:00:00', undefined],
  ['5', undefined],
])('the time span %s has %s milliseconds', (text, milliseconds) => {
  expect(parseTimeSpan(text)).toBe(milliseconds);
});

test('a time span is written as the host does', () => {
  expect([300_000, 93_784_500].map(formatTimeSpan)).toEqual(['00:05:00', '1.02:03:04.500']);
});
