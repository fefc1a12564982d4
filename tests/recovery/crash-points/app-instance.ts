// The app of a deployment by itself, in a process that dies where it is told to.
import { serveHttp } from '../../support/serve-http.ts';
import { answerOf } from '../../support/whole-app.ts';
import type { Orders } from './point.ts';
import { watchPoints } from './watch-points.ts';

const [orders = '{}'] = process.argv.slice(2);
watchPoints(JSON.parse(orders) as Orders);
process.once('disconnect', () => process.exit());

// loaded when its points are watched
const { getApp } = await import('../../../shared/app.ts');
const app = await getApp();
const { port } = await serveHttp((request) => answerOf(app, request));
process.send?.({ type: 'ready', port });
