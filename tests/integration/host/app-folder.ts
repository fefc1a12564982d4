import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const NODE_MODULES = path.resolve(import.meta.dirname, '../../../node_modules');

/** A functions app that a test writes down itself. */
export interface AppFolder {
  readonly dir: string;
  remove(): void;
}

const DEFAULT_FILES: Readonly<Record<string, unknown>> = {
  'package.json': { type: 'module', main: 'functions/*.mjs' },
  'host.json': { version: '2.0', extensions: { http: { routePrefix: '' } } },
};

/**
 * Writes an app to a new folder that sees this repository's packages. Objects are written as JSON; `undefined` leaves a
 * default file out.
 */
export function createAppFolder(files: Readonly<Record<string, unknown>>): AppFolder {
  const dir = realpathSync(mkdtempSync(path.join(tmpdir(), 'functions-app-')));
  symlinkSync(NODE_MODULES, path.join(dir, 'node_modules'), 'junction');
  for (const [name, content] of Object.entries({ ...DEFAULT_FILES, ...files })) {
    if (content === undefined) {
      continue;
    }
    const file = path.join(dir, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
