import { openStorage } from '../../shared/platform/storage/connect.ts';
import { createLogger } from '../../shared/platform/telemetry/log.ts';
import { serveHttp } from '../support/serve-http.ts';
import { fixtureEndpoint } from './fixture/endpoint.ts';

/** What a fixture process is started with, as JSON in its first argument. */
export interface FixtureArguments {
  readonly dataStorage: string;
  readonly signingKey: string;
}

const { dataStorage, signingKey } = JSON.parse(process.argv[2] ?? '') as FixtureArguments;
const logger = createLogger('error', () => new Date());
const storage = await openStorage({ dataStorage });
const { port } = await serveHttp(fixtureEndpoint({ storage, signingKey, logger }));
process.on('disconnect', () => process.exit());
process.send?.({ port });
