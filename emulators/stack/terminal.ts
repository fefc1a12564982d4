import { showProgress } from '../../seed/progress.ts';
import type { StackReport } from './report.ts';

/** Shows a start step by step: a line per result, and a bar while rows are written. */
export function terminalReport(output: NodeJS.WriteStream): StackReport {
  let bar: { title: string; update(done: number, total: number): void; stop(): void } | undefined;
  const endBar = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    step(what) {
      if (output.isTTY) output.write(`… ${what}\r`);
    },
    progress(what, done, total) {
      if (bar?.title !== what) {
        endBar();
        bar = { title: what, ...showProgress(what, output) };
      }
      bar.update(done, total);
    },
    done(what) {
      endBar();
      if (output.isTTY) output.write('\u001b[2K');
      output.write(`✔ ${what}\n`);
    },
  };
}
