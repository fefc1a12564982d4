import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isInstalled, type PackageApart, packagesApart } from '#scripts/apart/install';
import { compile } from '#scripts/build/compile';
import { projectDir } from '#scripts/lib/project-dir';
import { type Ended, endOf } from '../../support/run.ts';
import { copyCommands } from './copy-commands.ts';
import type { Step } from './guide.ts';

/** A copy of the project to work on, with the same libraries. */
export interface ProjectCopy {
  readonly dir: string;
  /** Does one step of the guide by hand. */
  apply(step: Exclude<Step, { kind: 'run' }>): void;
  /** Changes a text that is there exactly once. */
  change(file: string, before: string, after: string): void;
  read(file: string): string;
  /** Undoes whatever `work` changes in these files. */
  without<T>(files: readonly string[], work: () => Promise<T>): Promise<T>;
  /** Runs a command line; the code is that of the command. */
  run(command: string): Promise<Ended>;
  remove(): void;
}

/** What is made from the sources, or belongs to one machine. */
const ignored = readFileSync(path.join(projectDir, '.gitignore'), 'utf8').split('\n').filter(Boolean);
const notCopied = new Set(['.git', ...ignored.map((name) => name.replace(/\/$/, ''))]);

/** With the libraries, and what is built from the sources. */
export async function copyProject(): Promise<ProjectCopy> {
  const dir = mkdtempSync(path.join(tmpdir(), 'extending-'));
  cpSync(projectDir, dir, {
    recursive: true,
    preserveTimestamps: true,
    filter: (source) =>
      !notCopied.has(path.relative(projectDir, source)) && path.basename(source) !== 'node_modules',
  });
  await installIn(dir);
  const place = (file: string) => path.join(dir, file);
  const copy: ProjectCopy = {
    dir,
    apply(step) {
      if (step.kind === 'change') {
        return copy.change(step.file, step.before, step.after);
      }
      if (existsSync(place(step.file))) {
        throw new Error(`docs/extending.md creates ${step.file}, which is there.`);
      }
      mkdirSync(path.dirname(place(step.file)), { recursive: true });
      writeFileSync(place(step.file), step.text);
    },
    change(file, before, after) {
      const parts = copy.read(file).split(before);
      if (parts.length !== 2) {
        throw new Error(`docs/extending.md: ${file} has these lines ${parts.length - 1} times:\n${before}`);
      }
      writeFileSync(place(file), parts.join(after));
    },
    read: (file) => readFileSync(place(file), 'utf8'),
    async without(files, work) {
      const saved = files.map(
        (file) => [file, existsSync(place(file)) ? copy.read(file) : undefined] as const,
      );
      try {
        return await work();
      } finally {
        for (const [file, text] of saved) {
          if (text === undefined) {
            rmSync(place(file), { force: true });
          } else {
            writeFileSync(place(file), text);
          }
        }
      }
    },
    run: (command) =>
      endOf(
        spawn(command, { cwd: dir, shell: true, stdio: ['ignore', 'pipe', 'pipe'], env: plainEnvironment() }),
      ),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
  return copy;
}

/** What every copy would install and build to the same result. */
async function installIn(dir: string): Promise<void> {
  link('node_modules', dir);
  for (const [name, folder] of Object.entries(packagesApart)) {
    if (await isInstalled(name as PackageApart)) {
      link(path.join(folder, 'node_modules'), dir);
    }
  }
  // what a stack of today begins with
  const firstData = path.join(projectDir, '.local/first-data');
  if (existsSync(firstData)) {
    cpSync(firstData, path.join(dir, '.local/first-data'), { recursive: true, preserveTimestamps: true });
  }
  copyCommands(dir);
  await compile();
  cpSync(path.join(projectDir, 'dist'), path.join(dir, 'dist'), { recursive: true });
  // the copy's folders are newer than what they were built from
  const now = new Date();
  utimesSync(path.join(dir, 'dist/.built'), now, now);
}

function link(folder: string, dir: string): void {
  symlinkSync(path.join(projectDir, folder), path.join(dir, folder), 'junction');
}

/** The environment of somebody who works on the copy: not that of a test runner. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_ENV$|FORCE_COLOR$|npm_)/.test(name),
  );
  return { ...Object.fromEntries(own), CI: 'true', NO_COLOR: '1' };
}
