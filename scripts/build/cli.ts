import { runCommand } from '../command-line/run-command.ts';
import { compile } from './compile.ts';

const usage = `Compiles functions/ and shared/ into dist/, and bundles the app there, which every Functions host loads. Does nothing
when that is new enough.

  npm run build`;

await runCommand({ usage, options: {} }, () => compile());
