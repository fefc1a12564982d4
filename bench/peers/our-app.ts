import { getApp } from '../../shared/app.ts';
import { serve, toListener } from './serve.ts';

/** This service as its peers run: behind node:http, without a Functions host. Settings come from the environment. */
const { mcp } = await getApp();
serve(toListener(mcp));
