import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  update(done: number, total: number): void;
  stop(): void;
}

const lineEveryPercent = 25;

/** A bar where a person watches, now and then a line elsewhere. */
export function showProgress(title: string, output: NodeJS.WriteStream): Progress {
  return output.isTTY ? bar(title, output) : lines(title, output);
}

function bar(title: string, stream: NodeJS.WriteStream): Progress {
  const format = `${title} {bar} {percentage} % | {value} of {total} rows`;
  const single = new SingleBar({ format, stream, hideCursor: true }, Presets.shades_classic);
  let started = false;
  return {
    update(done, total) {
      if (!started) {
        single.start(total, 0);
        started = true;
      }
      single.update(done);
    },
    stop: () => single.stop(),
  };
}

function lines(title: string, stream: NodeJS.WritableStream): Progress {
  let next = lineEveryPercent;
  return {
    update(done, total) {
      const percent = Math.floor((done * 100) / total);
      if (percent >= next) {
        stream.write(`${title} ${percent} % (${done} of ${total} rows)\n`);
        next = (Math.floor(percent / lineEveryPercent) + 1) * lineEveryPercent;
      }
    },
    stop: () => {},
  };
}
