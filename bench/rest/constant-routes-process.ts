/** The peer of the Inspector's REST: Fastify that answers constants. Arguments: files with the bytes of `/kpi` and `/dashboard`. */
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';

const [kpiFile = '', dashboardFile = ''] = process.argv.slice(2);
const kpi = readFileSync(kpiFile, 'utf8');
const dashboard = readFileSync(dashboardFile);
const type = 'application/json; charset=utf-8';

const app = Fastify();
app.get('/kpi', (_request, reply) => void reply.header('content-type', type).send(kpi));
app.get('/dashboard', (_request, reply) => void reply.header('content-type', type).send(dashboard));
process.stdout.write(`ready ${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
process.once('SIGTERM', () => process.exit(0));
