import { createLogger } from '#platform/telemetry/log';
import { createApp } from '#shared/app';
import { readSettings } from '#shared/settings';
import { serveSubject } from '../serve-subject.ts';

/** This service, with the settings of the environment. */
const logger = createLogger('error', () => new Date());
const { mcp } = await createApp({ settings: readSettings(process.env), logger });
serveSubject(mcp);
