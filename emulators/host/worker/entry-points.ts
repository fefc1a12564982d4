import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readTextFile } from '#platform/settings/text-file';
import { HostStartError, messageOf, stackOf } from '../../lib/errors.ts';

interface PackageJson {
  readonly main?: unknown;
  readonly type?: unknown;
  readonly scripts?: { readonly build?: unknown };
}

/**
 * Loads the app the way the real worker does: `main` of package.json is a glob, and every file it matches is loaded in turn.
 * Throws a HostStartError that names the file which could not be loaded, or says what to do when there is none.
 */
export async function loadEntryPoints(dir: string): Promise<void> {
  const packageJson = readPackageJson(dir);
  const { main } = packageJson;
  if (typeof main !== 'string' || main === '') {
    throw new HostStartError(
      `package.json in ${dir} has no "main": name the files that register the functions, for example "dist/functions/*.js".`,
    );
  }
  const files = await filesNamed(main, dir);
  if (files.length === 0) {
    throw new HostStartError(nothingToLoad(dir, main, packageJson));
  }
  for (const file of files) {
    await loadFile(dir, file, packageJson.type === 'module');
  }
}

/** In the order in which they are loaded. */
async function filesNamed(main: string, dir: string): Promise<readonly string[]> {
  if (!/[*?[\]{}()!+@\\]/.test(main)) {
    return statSync(path.resolve(dir, main), { throwIfNoEntry: false })?.isFile() ? [main] : [];
  }
  // Loaded only here: an app of one file starts without it.
  const { glob } = await import('tinyglobby');
  return (await glob(main, { cwd: dir, expandDirectories: false })).sort();
}

function readPackageJson(dir: string): PackageJson {
  const file = path.join(dir, 'package.json');
  try {
    return JSON.parse(readTextFile(file));
  } catch (error) {
    throw new HostStartError(
      `${file} cannot be read (${messageOf(error)}); start the host in the app's folder, or name it with --dir.`,
    );
  }
}

function nothingToLoad(dir: string, main: string, packageJson: PackageJson): string {
  const found = `No file matches "${main}", the "main" of package.json in ${dir}`;
  return typeof packageJson.scripts?.build === 'string'
    ? `${found}: the app is not built yet. Run: npm run build`
    : `${found}: check the name.`;
}

async function loadFile(dir: string, file: string, typeModule: boolean): Promise<void> {
  const absolute = path.resolve(dir, file);
  const isModule = file.endsWith('.mjs') || (typeModule && !file.endsWith('.cjs'));
  try {
    if (isModule) {
      await import(pathToFileURL(absolute).href);
    } else {
      createRequire(absolute)(absolute);
    }
  } catch (error) {
    const place = placeOf(error, dir);
    throw new HostStartError(`The app cannot start: loading ${file} failed${place}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** ` at file:line:column` of the first stack line that lies in the app and not in a package. */
function placeOf(error: unknown, dir: string): string {
  for (const line of stackOf(error).split('\n')) {
    const match = /(?:file:\/\/)?(\/[^()\s]+:\d+(?::\d+)?)/.exec(line);
    const where = match?.[1];
    if (where?.startsWith(`${dir}${path.sep}`) && !where.includes('node_modules')) {
      return ` at ${path.relative(dir, where)}`;
    }
  }
  return '';
}
