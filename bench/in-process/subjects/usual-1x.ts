import { plainTools } from '../../peers/plain-tools.ts';
import { usualWay1 } from '../../peers/usual-way.ts';
import { serveSubject } from '../serve-subject.ts';

serveSubject(usualWay1(await plainTools()));
