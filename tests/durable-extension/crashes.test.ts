import { compare } from './compare.ts';
import { instancesOf } from './instances.ts';
import { crashRows } from './table/crashes.ts';

compare(crashRows, instancesOf(), { atOnce: false });
