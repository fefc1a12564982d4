import { compare } from './compare.ts';
import { instancesOf } from './instances.ts';
import { hubRows } from './table/hubs.ts';

compare(hubRows, instancesOf(), { atOnce: false });
