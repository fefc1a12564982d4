import { plainTools } from '../../peers/plain-tools.ts';
import { tmcpWay } from '../../peers/tmcp-way.ts';
import { serveSubject } from '../serve-subject.ts';

serveSubject(tmcpWay(await plainTools()));
