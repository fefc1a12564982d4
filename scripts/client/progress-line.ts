import { visible } from '#platform/format-controls';
import { clearLine, columnsOf, isWatched, roomIn, writeOver } from '../terminal/screen.ts';

const widest = 24;
/** A shorter bar says nothing. */
const narrowest = 8;

/** Shows how far a call is: a bar that is drawn over where a person watches, a line for each step elsewhere. */
export function progressLine(output: NodeJS.WriteStream) {
  const watched = isWatched(output);
  return {
    show(progress: number, total: number, message: string): void {
      const share = Math.min(progress / total, 1);
      const said = `${String(Math.round(share * 100)).padStart(3)} % ${visible(message)}`;
      if (watched) {
        writeOver(output, `${bar(share, roomIn(output) - columnsOf(said) - 1)}${said}`);
      } else {
        output.write(`${said}\n`);
      }
    },
    end(): void {
      if (watched) {
        clearLine(output);
      }
    },
  };
}

/** With a blank behind it; nothing where there is no room for one beside the words. */
function bar(share: number, room: number): string {
  const width = Math.min(widest, room);
  if (width < narrowest) {
    return '';
  }
  const done = Math.round(share * width);
  return `${'█'.repeat(done)}${'░'.repeat(width - done)} `;
}
