import { mcpUseWay } from '../../peers/mcp-use-way.ts';
import { plainTools } from '../../peers/plain-tools.ts';
import { serveSubject } from '../serve-subject.ts';

serveSubject(mcpUseWay(await plainTools()));
