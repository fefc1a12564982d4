import { Presets, SingleBar } from 'cli-progress';
import { counted } from '#platform/counted';
import { columnsOf, isWatched, roomIn } from '../scripts/terminal/screen.ts';

export interface Progress {
  update(done: number, total: number): void;
  stop(): void;
}

const lineEveryPercent = 25;

/** A bar where a person watches, now and then a line elsewhere. */
export function showProgress(title: string, output: NodeJS.WriteStream): Progress {
  return isWatched(output) ? bar(title, output) : lines(title, output);
}

const longestBar = 40;
/** A shorter bar says nothing. */
const shortestBar = 4;

function bar(title: string, stream: NodeJS.WriteStream): Progress {
  let shown: Progress | undefined;
  return {
    update(done, total) {
      shown ??= startBar(title, stream, total) ?? lines(title, stream);
      shown.update(done, total);
    },
    stop: () => shown?.stop(),
  };
}

/** As long as there is room beside the words; undefined where there is none: what does not fit on a row is cut off. */
function startBar(title: string, stream: NodeJS.WriteStream, total: number): Progress | undefined {
  const rows = counted(total, 'row');
  const barsize = Math.min(longestBar, roomIn(stream) - columnsOf(`${title}  100 % | ${total} of ${rows}`));
  if (barsize < shortestBar) {
    return undefined;
  }
  const format = `${title} {bar} {percentage} % | {value} of ${rows}`;
  const single = new SingleBar({ format, stream, barsize, hideCursor: true }, Presets.shades_classic);
  single.start(total, 0);
  return { update: (done) => single.update(done), stop: () => single.stop() };
}

function lines(title: string, stream: NodeJS.WritableStream): Progress {
  let next = lineEveryPercent;
  return {
    update(done, total) {
      const percent = Math.floor((done * 100) / total);
      if (percent >= next) {
        stream.write(`${title} ${percent} % (${done} of ${counted(total, 'row')})\n`);
        next = (Math.floor(percent / lineEveryPercent) + 1) * lineEveryPercent;
      }
    },
    stop: () => {},
  };
}
