import { plainTools } from '../../peers/plain-tools.ts';
import { staticWay2 } from '../../peers/static-way.ts';
import { serveSubject } from '../serve-subject.ts';

serveSubject(staticWay2(await plainTools()));
