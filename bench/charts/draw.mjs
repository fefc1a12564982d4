// Draws charts: reads Vega-Lite specifications as JSON from standard input, by name, and writes the pictures as JSON.
import { text } from 'node:stream/consumers';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';

const specs = JSON.parse(await text(process.stdin));
const pictures = {};
for (const [name, spec] of Object.entries(specs)) {
  pictures[name] = await new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG();
}
process.stdout.write(JSON.stringify(pictures));
