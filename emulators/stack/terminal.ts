import { clearLine, isWatched, writeOver } from '../../scripts/terminal/screen.ts';
import { showProgress } from '../../seed/progress.ts';
import type { StackReport } from './report.ts';

/** Shows a start step by step: a line per result, and a bar while rows are written. */
export function terminalReport(output: NodeJS.WriteStream): StackReport {
  const watched = isWatched(output);
  let bar: { title: string; update(done: number, total: number): void; stop(): void } | undefined;
  const endBar = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    step(what) {
      if (watched) {
        writeOver(output, `… ${what}`);
      }
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
      if (watched) {
        clearLine(output);
      }
      output.write(`✔ ${what}\n`);
    },
  };
}
