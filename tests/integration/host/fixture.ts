import path from 'node:path';

/** The folder of an app that these tests serve. */
export function fixture(name: 'streaming' | 'buffered' | 'timers'): string {
  return path.join(import.meta.dirname, 'fixtures', name);
}
