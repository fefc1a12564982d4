import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { runCommand } from '../command-line/run-command.ts';
import { projectDir } from '../lib/project-dir.ts';

/** Something for browsers that is bundled from a folder of sources and kept with the product. */
export interface Bundled {
  readonly usage: string;
  /** What it is called in a sentence, such as "The pages of the cards". */
  readonly name: string;
  /** Folder of the sources, with a `tsconfig.json`. */
  readonly sources: string;
  /** The command that makes it. */
  readonly command: string;
  /** Whether the libraries that it is made with are installed. */
  readonly canBuild: () => boolean;
  /** Whether what is kept was made from the sources at hand. */
  readonly isFresh: () => Promise<boolean>;
  readonly write: () => Promise<void>;
  /** Names of the files that are not as the bundler makes them. */
  readonly stale: () => Promise<readonly string[]>;
}

/** Makes it, or with `--check` says what is not as it would be made. */
export async function bundledCommand(made: Bundled): Promise<void> {
  await runCommand({ usage: made.usage, options: { check: { type: 'boolean' } } }, ({ check }) =>
    check === true ? checked(made) : written(made),
  );
}

async function written({ canBuild, isFresh, write, ...made }: Bundled): Promise<number> {
  if (canBuild()) {
    await write();
  } else if (!(await isFresh())) {
    throw new Error(install(made));
  }
  return 0;
}

async function checked({ canBuild, isFresh, stale, ...made }: Bundled): Promise<number> {
  const { name, command, sources } = made;
  if (!(await isFresh())) {
    console.error(`${name}: not made from the sources at hand; run ${command}.`);
    return 1;
  }
  if (!canBuild()) {
    console.log(`${name}: fresh. Types are not checked: ${install(made)}`);
    return 0;
  }
  const edited = await stale();
  if (edited.length > 0) {
    console.error(`${name}: edited by hand (${edited.join(', ')}); run ${command}.`);
    return 1;
  }
  const incremental = `--incremental --tsBuildInfoFile .local/types-${sources}.tsbuildinfo`;
  const [code] = (await once(
    spawn(`tsc -p ${sources} ${incremental}`, { cwd: projectDir, shell: true, stdio: 'inherit' }),
    'exit',
  )) as [number | null];
  return code ?? 1;
}

function install({ name }: Pick<Bundled, 'name'>): string {
  return `What ${name.charAt(0).toLowerCase()}${name.slice(1)} need is not installed; run npm ci.`;
}
