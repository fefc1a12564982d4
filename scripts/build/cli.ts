import { compile } from './compile.ts';

try {
  await compile();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
