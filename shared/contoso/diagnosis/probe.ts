/** The line of a device as its subscription describes it. */
export interface LineState {
  /** An inactive subscription delivers no service at all. */
  readonly active: boolean;
  readonly service: 'normal' | 'slow' | 'offline';
  /** Speed of the plan in megabits per second. */
  readonly planMbps: number;
}

/** The device that is diagnosed. */
export interface ProbeTarget {
  readonly deviceName: string;
  /** The problem as the caller described it. */
  readonly detail: string;
  /** Undefined when nobody said which subscription the device belongs to. */
  readonly line: LineState | undefined;
}

export interface Inventory {
  readonly model: string;
  readonly firmware: string;
  readonly firmwareIsCurrent: boolean;
  readonly daysSinceStart: number;
}

export interface LinkQuality {
  /** 0 to 100. */
  readonly signalPercent: number;
}

export interface NameResolution {
  readonly gatewayAnswers: boolean;
  readonly lookupMs: number;
}

export interface NetworkPath {
  readonly latencyMs: number;
  /** 0 to 100. */
  readonly lossPercent: number;
  readonly hops: number;
  readonly throughputMbps: number;
}

export interface ServiceState {
  readonly stoppedServices: readonly string[];
  readonly errorsInLastHour: number;
}

export interface Health {
  /** 0 to 100. */
  readonly memoryPercent: number;
  readonly temperatureCelsius: number;
  readonly agentAnswers: boolean;
}

/** A reading, or undefined when the device does not answer. */
export type Reading<T> = Promise<T | undefined>;

/**
 * Remote access to a customer's device. Every method may be called more than once for one job, because a step that
 * failed is tried again; it throws when the access itself fails.
 */
export interface DeviceProbe {
  /** What the readings are, when a reader has to know: shown in the report. */
  readonly notice: string | undefined;
  inventory(target: ProbeTarget): Reading<Inventory>;
  link(target: ProbeTarget): Reading<LinkQuality>;
  names(target: ProbeTarget): Reading<NameResolution>;
  path(target: ProbeTarget): Reading<NetworkPath>;
  services(target: ProbeTarget): Reading<ServiceState>;
  /** Restarts the management agent once per operation id. Returns whether it runs again. */
  restartAgent(target: ProbeTarget, operationId: string): Reading<boolean>;
  health(target: ProbeTarget): Reading<Health>;
  /**
   * Ends the remote access that the operation used. Access that is not released, such as after a cancellation,
   * expires by itself.
   */
  release(target: ProbeTarget, operationId: string): Promise<void>;
}
