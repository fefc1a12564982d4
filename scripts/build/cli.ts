import { runCommand } from '../command-line/run-command.ts';
import { compile } from './compile.ts';

const usage = `Compiles functions/ and shared/ into dist/, which every Functions host loads. Does nothing when that is new enough.

  npm run build`;

await runCommand({ usage, options: {} }, () => compile());
