import { spawn } from 'node:child_process';
import { constants, copyFile } from 'node:fs/promises';
import path from 'node:path';
import { compile } from './build/compile.ts';
import { explain } from './command-line/explain.ts';
import { projectDir } from './lib/project-dir.ts';

/** `npm run start:func`: the same build on Azure Functions Core Tools. */
const usage = `Builds, makes local.settings.json from the sample when there is none, and starts Azure Functions Core Tools here.

  npm run start:func -- [what "func start" takes]`;

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(explain(error).text);
  process.exitCode = 1;
}

/** Options are not ours to know; only the question for them is answered here, before anything is done. */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage);
    return 0;
  }
  await copySampleSettings();
  await compile();
  return await startCoreTools(args);
}

async function copySampleSettings(): Promise<void> {
  const settings = path.join(projectDir, 'local.settings.json');
  try {
    await copyFile(path.join(projectDir, 'local.settings.sample.json'), settings, constants.COPYFILE_EXCL);
    console.log('local.settings.json was missing; made it from local.settings.sample.json.');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
  }
}

function startCoreTools(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const func = spawn('func', ['start', ...args], {
      cwd: projectDir,
      stdio: 'inherit',
      // npm installs `func` as a command script on Windows, which only a shell finds
      shell: process.platform === 'win32',
    });
    func.on('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'ENOENT'
          ? new Error(
              'Azure Functions Core Tools are not installed ("func" is not on the PATH). Install version 4, or run npm start, which needs nothing but Node.',
            )
          : error,
      );
    });
    func.on('exit', (code) => resolve(code ?? 1));
    // Ctrl+C reaches both; func decides when it is done
    process.on('SIGINT', () => {});
  });
}
