/** What is loaded where there is no language model, as one part: a deployment of files has two for each part. */
export { likenessRouter } from './likeness-router.ts';
export { offlineModel } from './offline-model.ts';
