/** Where traces and metrics go. */
export interface TelemetryOptions {
  /** Address of an OpenTelemetry collector, without the `/v1/…` and without a slash at the end; undefined for none. */
  readonly otlpEndpoint: string | undefined;
  /** Connection string of Application Insights; undefined for none. */
  readonly applicationInsights: string | undefined;
  /** Under which name the deployment shows up there. */
  readonly serviceName: string;
}

/** The export of traces and metrics of this process. */
export interface Telemetry {
  /** Sends what is waiting, and exports nothing more. Takes three seconds at most, and never rejects. */
  close(): Promise<void>;
}
