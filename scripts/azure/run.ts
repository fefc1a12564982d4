import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** They are command scripts there, which only a shell starts. */
const shell = process.platform === 'win32';

/**
 * Runs a program and returns what it printed. A secret is never among the arguments, which every process of the machine
 * can read.
 * @throws Error with what it said when it failed, or when it is not installed
 */
export async function outputOf(program: 'az' | 'azd', args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(program, [...args], { shell, maxBuffer: 32 * 1024 * 1024 });
    return stdout.trim();
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    throw new Error(
      code === 'ENOENT'
        ? `"${program}" is not on the PATH; install it, and sign in.`
        : `${program} ${args.slice(0, 3).join(' ')}: ${stderr.trim() || `it ended with ${String(code)}`}`,
    );
  }
}

/** What `az` prints as JSON; undefined when it prints nothing. */
export async function az<Answer>(args: readonly string[]): Promise<Answer | undefined> {
  const text = await outputOf('az', [...args, '--output', 'json']);
  return text === '' ? undefined : (JSON.parse(text) as Answer);
}

export type Method = 'get' | 'post' | 'patch' | 'put';

/** A request that `az` signs. The body goes through a file that only this user can read, and that is gone afterwards. */
export async function azRest<Answer>(
  method: Method,
  url: string,
  body?: object,
): Promise<Answer | undefined> {
  const args = ['rest', '--method', method, '--url', url];
  if (body === undefined) {
    return await az(args);
  }
  return await withFile(JSON.stringify(body), (file) =>
    az([...args, '--headers', 'Content-Type=application/json', '--body', `@${file}`]),
  );
}

/** Hands over a file with this text, readable for nobody else, for as long as it is needed. */
export async function withFile<Result>(
  text: string,
  use: (file: string) => Promise<Result>,
): Promise<Result> {
  const dir = await mkdtemp(path.join(tmpdir(), 'azure-'));
  const file = path.join(dir, 'content.json');
  try {
    await writeFile(file, text, { mode: 0o600 });
    return await use(file);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/**
 * Runs a command of this project; what it prints goes to the terminal.
 * @throws Error when it fails
 */
export async function npmRun(script: string, args: readonly string[] = []): Promise<void> {
  const child = spawn('npm', ['run', '--silent', script, '--', ...args], { stdio: 'inherit', shell });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) {
    throw new Error(`npm run ${script} failed; its lines above say why.`);
  }
}
