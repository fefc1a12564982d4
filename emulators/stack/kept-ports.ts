import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isPortFree } from './free-port.ts';

/** Where a service listens, and whether that is where it used to be. */
export interface Placed<Service> {
  readonly service: Service;
  /** The port that it had at earlier starts, when somebody else has that now. */
  readonly missed: number | undefined;
}

/** Starts a service on a port; 0 is any free one. */
type Start<Service> = (port: number) => Promise<Service & { readonly port: number }>;

/** Where the services of the stack begin to look for a port of their own. */
const firstPort = 7090;
const candidates = 20;

/**
 * The ports that services of this machine had at earlier starts: what clients, and people, know them by. A service whose
 * port is taken gets another one for this time, and is back at its own as soon as that is free.
 */
export class KeptPorts {
  readonly #file: string | undefined;
  readonly #ports: Record<string, number>;

  private constructor(file: string | undefined, ports: Record<string, number>) {
    this.#file = file;
    this.#ports = ports;
  }

  /** @param file where they are kept; without it any free port will do */
  static async open(file: string | undefined): Promise<KeptPorts> {
    return new KeptPorts(file, file === undefined ? {} : await read(file));
  }

  /**
   * Starts a service on the port that it had, or one of its own from now on.
   * @param name what it is known by at the next start
   * @throws whatever `start` throws for another reason than a taken port
   */
  async place<Service>(name: string, start: Start<Service>): Promise<Placed<Service>> {
    if (this.#file === undefined) {
      return { service: await start(0), missed: undefined };
    }
    const kept = this.#ports[name];
    const others = Array.from({ length: candidates }, (_, index) => firstPort + index);
    const unclaimed = others.filter((port) => !Object.values(this.#ports).includes(port));
    const service = await startOnFirst([...(kept === undefined ? [] : [kept]), ...unclaimed, 0], start);
    if (kept === undefined) {
      await this.#keep(this.#file, name, service.port);
    }
    return { service, missed: service.port === kept ? undefined : kept };
  }

  async #keep(file: string, name: string, port: number): Promise<void> {
    this.#ports[name] = port;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(this.#ports));
  }
}

async function startOnFirst<Service>(ports: readonly number[], start: Start<Service>) {
  for (const port of ports) {
    if (!(await isPortFree(port))) {
      continue;
    }
    try {
      return await start(port);
    } catch (error) {
      // another process may have taken it; any other reason holds for every port
      if (port === 0 || (await isPortFree(port))) {
        throw error;
      }
    }
  }
  return await start(0);
}

/** A file that is missing or broken says that there was no earlier start. */
async function read(file: string): Promise<Record<string, number>> {
  try {
    const stored = Object.entries(JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>);
    return Object.fromEntries(
      stored.filter((entry): entry is [string, number] => {
        const [, port] = entry;
        return Number.isInteger(port) && Number(port) > 0 && Number(port) <= 65_535;
      }),
    );
  } catch {
    return {};
  }
}
