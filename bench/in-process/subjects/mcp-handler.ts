import { mcpHandlerWay } from '../../peers/mcp-handler-way.ts';
import { plainTools } from '../../peers/plain-tools.ts';
import { serveSubject } from '../serve-subject.ts';

serveSubject(mcpHandlerWay(await plainTools()));
