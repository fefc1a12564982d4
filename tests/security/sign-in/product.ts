/** What is attacked: all that the attacks use of the product comes from here, so that it can be the product less one control. */
export { isPublicAddress } from '#platform/sign-in/clients/addresses';
export { createLogger } from '#platform/telemetry/log';
export { createApp } from '../../../shared/app.ts';
export { readSettings } from '../../../shared/settings.ts';
