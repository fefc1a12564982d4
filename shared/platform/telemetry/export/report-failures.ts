import { monotonicNow } from '../../clock.ts';
import type { Logger } from '../log.ts';
import { failureOf } from '../spans.ts';
import type { Exporters } from './exporters.ts';

/** Milliseconds between two lines about a receiver that is down. */
const quietFor = 60_000;

interface Outcome {
  readonly code: number;
  readonly error?: Error;
}
type Send<Items> = (items: Items, done: (outcome: Outcome) => void) => void;

/** The same exporters; a failure is a line in the log, once a minute at most. */
export function reportFailures(exporters: Exporters, logger: Logger): Exporters {
  let reportedAt = Number.NEGATIVE_INFINITY;
  const report = ({ error }: Outcome) => {
    if (monotonicNow() - reportedAt < quietFor) {
      return;
    }
    reportedAt = monotonicNow();
    logger.log('warn', 'telemetry not exported', { error: failureOf(error) });
  };
  watch(exporters.spans, report);
  watch(exporters.metrics, report);
  return exporters;
}

function watch<Items>(exporter: { export: Send<Items> }, report: (outcome: Outcome) => void): void {
  const send: Send<Items> = exporter.export.bind(exporter);
  exporter.export = (items, done) =>
    send(items, (outcome) => {
      if (outcome.code !== 0) {
        report(outcome);
      }
      done(outcome);
    });
}
