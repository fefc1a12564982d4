import type { Telemetry, TelemetryOptions } from './export/options.ts';
import type { Logger } from './log.ts';

const off: Telemetry = { close: async () => {} };

/**
 * Begins to export what the product traces and measures to where the options say. Nothing is loaded when that is
 * nowhere. What cannot be exported is dropped: a receiver that is down makes no request slower or fail.
 * @param version of the product
 */
export async function startTelemetry(
  options: TelemetryOptions,
  version: string,
  logger: Logger,
): Promise<Telemetry> {
  if (options.otlpEndpoint === undefined && options.applicationInsights === undefined) {
    return off;
  }
  // Loaded only here: the libraries take longer to load than the rest of the product.
  const { startExport } = await import('./export/start-export.ts');
  return await startExport(options, version, logger);
}
