import { app } from '@azure/functions';
import { getApp } from '../../shared/app.ts';

/** Streams reach the client as they are written; without this the host sends a response only when it is complete. */
app.setup({ enableHttpStream: true });

/** A wrong setting stops the start of the app here, not the first request. */
const product = await getApp();

app.hook.appTerminate(() => product.close());
