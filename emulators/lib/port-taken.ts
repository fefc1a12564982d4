import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { HostStartError, messageOf } from './errors.ts';

/** `LISTEN` in the state column of /proc/net/tcp. */
const LISTENING = '0A';

/** The one sentence for a socket that cannot be opened. */
export function listenError(error: unknown, address: string, port: number): HostStartError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') {
    return portTaken(port);
  }
  if (code === 'EACCES') {
    return new HostStartError(
      `Port ${port} may not be opened by this user; choose one above 1023 with --port.`,
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new HostStartError(`This machine has no address ${address}; choose another with --address.`);
  }
  return new HostStartError(`Listening on ${address}:${port} failed: ${messageOf(error)}.`);
}

function portTaken(port: number): HostStartError {
  const holder = holderOf(port);
  const who = holder
    ? `by process ${holder.pid} (${holder.command})`
    : `by another process (${lookUpCommand(port)} tells which)`;
  return new HostStartError(
    `Port ${port} is taken ${who}: stop that process, or choose another port with --port (0 picks a free one).`,
  );
}

function lookUpCommand(port: number): string {
  return process.platform === 'win32' ? `netstat -ano | findstr :${port}` : `lsof -i :${port}`;
}

/** The process that listens on the port; undefined when it is another user's, and everywhere but on Linux. */
function holderOf(port: number): { pid: string; command: string } | undefined {
  try {
    const inode = socketInode(port);
    if (inode === undefined) {
      return undefined;
    }
    const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && holdsSocket(name, inode));
    if (pid === undefined) {
      return undefined;
    }
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, command: command.length > 80 ? `${command.slice(0, 80)}…` : command };
  } catch {
    return undefined;
  }
}

function socketInode(port: number): string | undefined {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const columns = line.trim().split(/\s+/);
      if (columns[1]?.endsWith(local) && columns[3] === LISTENING) {
        return columns[9];
      }
    }
  }
  return undefined;
}

function holdsSocket(pid: string, inode: string): boolean {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some((fd) => readlinkSync(`${folder}/${fd}`) === `socket:[${inode}]`);
  } catch {
    return false;
  }
}
