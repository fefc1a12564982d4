import { plainTools } from '../../peers/plain-tools.ts';
import { usualWay2 } from '../../peers/usual-way.ts';
import { serveSubject } from '../serve-subject.ts';

serveSubject(usualWay2(await plainTools()));
