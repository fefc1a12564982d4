import os from 'node:os';

/** Where and when something was measured. */
export interface Machine {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  /** Gibibytes. */
  readonly memory: number;
  readonly system: string;
  readonly node: string;
  /** One-minute load average when the run began: above the number of cores, others were at work. */
  readonly load: number;
}

export function thisMachine(now: Date): Machine {
  const cpus = os.cpus();
  return {
    date: now.toISOString().slice(0, 10),
    cpu: cpus[0]?.model.trim() || 'unknown processor',
    cores: os.availableParallelism(),
    memory: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release().split('-')[0]} ${os.arch()}`,
    node: process.versions.node,
    load: Math.round((os.loadavg()[0] ?? 0) * 10) / 10,
  };
}
