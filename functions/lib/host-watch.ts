import { connect } from 'node:net';

/** Milliseconds between two looks, and the longest time that one takes. */
const lookEveryMs = 2_000;

/** So many looks in a row find nobody before the host counts as stopping. */
const looksWithoutHost = 2;

export interface HostWatch {
  /** A call has begun. Returns what is to be called when it is over. */
  opened(): () => void;
}

/**
 * Notices that the host drains. Asked to end, the host stops listening at once, lets open calls go on for half a minute,
 * cuts them, and tells the app only then (Functions host 4.1037): too late for the app to end its calls itself. That
 * nobody listens any more is all that an app can see. Looks are taken only while a call is open, and count only when an
 * earlier one found the host: on a machine where it listens elsewhere, nothing is concluded.
 * @param port of the host on this machine
 * @param stopping called once
 */
export function watchHost(port: number, stopping: () => void, everyMs = lookEveryMs): HostWatch {
  let open = 0;
  let looked = false;
  let found = false;
  let missed = 0;
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    const listens = await isListening(port, everyMs);
    found ||= listens === true;
    missed = found && listens === false ? missed + 1 : 0;
    if (missed === looksWithoutHost) {
      clearInterval(timer);
      stopping();
    }
  };
  return {
    opened() {
      open += 1;
      if (!looked) {
        looked = true;
        void look();
      }
      if (open === 1 && missed < looksWithoutHost) {
        timer = setInterval(look, everyMs).unref();
      }
      return () => {
        open -= 1;
        if (open === 0) {
          clearInterval(timer);
        }
      };
    },
  };
}

/** Undefined when that cannot be told: no answer in time, or no sockets left. */
function isListening(port: number, withinMs: number): Promise<boolean | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: withinMs });
    const end = (listens: boolean | undefined) => {
      socket.destroy();
      resolve(listens);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(undefined));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ECONNREFUSED' ? false : undefined),
    );
  });
}
