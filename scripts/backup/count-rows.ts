import { counted } from '#platform/counted';
import { clearLine, isWatched, writeOver } from '../terminal/screen.ts';

/** Rows between two lines where nobody watches. */
const lineEvery = 50_000;

export interface RowCount {
  /** @param of how many rows it will be, if that is known */
  update(table: string, rows: number, of?: number): void;
  stop(): void;
}

/** One row that counts where a person watches, now and then a line elsewhere: nobody knows before how many rows there are. */
export function countRows(output: NodeJS.WriteStream): RowCount {
  const watched = isWatched(output);
  let shown = 0;
  let isOpen = false;
  return {
    update(table, rows, of) {
      const text = `${table}: ${of === undefined ? counted(rows, 'row') : `${rows} of ${counted(of, 'row')}`}`;
      if (watched) {
        writeOver(output, text);
        isOpen = true;
      } else if (rows - shown >= lineEvery || rows < shown) {
        shown = rows;
        output.write(`${text}\n`);
      }
    },
    stop() {
      if (isOpen) {
        clearLine(output);
        isOpen = false;
      }
    },
  };
}
