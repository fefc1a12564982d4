import { projectDir } from '../lib/project-dir.ts';
import { bundle } from './bundle.ts';

// a part of `npm run build`, which is used where nothing of the product may be imported
await bundle(projectDir);
