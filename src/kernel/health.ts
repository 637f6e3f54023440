import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { equalSecrets } from './ids.ts';
import { Problem } from './problem.ts';
import type { Desk } from './desk.ts';

interface Fact {
  readonly name: string;
  readonly ok: boolean;
  readonly sentence: string;
}

/** Whether this node can do its work, fact by fact. A warning does not make it unready. */
export async function readiness(desk: Desk): Promise<{ ready: boolean; facts: readonly Fact[]; warnings: readonly string[] }> {
  const now = desk.clock.now();
  const database = await sql`select 1`.execute(desk.readDb).then(
    () => true,
    () => false,
  );
  const facts: Fact[] = [
    { name: 'database', ok: database, sentence: database ? 'The database answers.' : 'The database does not answer.' },
    { name: 'stopping', ok: !desk.state.stopping, sentence: desk.state.stopping ? 'This node is stopping.' : 'This node takes requests.' },
  ];
  if (desk.config.role !== 'web') {
    const seen = desk.state.workerSeenAt;
    const ok = seen !== null && now - seen < 30_000;
    facts.push({ name: 'worker', ok, sentence: ok ? 'The worker takes jobs.' : 'The worker has not reported for 30 s.' });
  }
  const warnings = [
    ...desk.state.troubles,
    ...(desk.state.logProtected
      ? []
      : ['The activity log is not protected by privilege: the application uses the owner of the tables. Set QD_DATABASE_ADMIN_URL to the owner and DATABASE_URL to another role.']),
    ...(desk.state.held ? ['Nothing leaves this desk: it was restored from a backup and waits for `qd admin release`.'] : []),
    ...(desk.config.smtpUrl ? [] : ['QD_SMTP_URL is not set: mail cannot be sent.']),
  ];
  return { ready: facts.every((fact) => fact.ok), facts, warnings };
}

export function healthRoutes(app: FastifyInstance, desk: Desk): void {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const state = await readiness(desk);
    return reply.code(state.ready ? 200 : 503).send(state);
  });
  app.get('/metrics', async (request, reply) => {
    const token = desk.config.metricsToken;
    const given = request.headers.authorization?.replace(/^Bearer /, '');
    const open = token ? given !== undefined && equalSecrets(given, token) : ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip);
    if (!open)
      throw new Problem('forbidden', token ? 'Send the token of QD_METRICS_TOKEN as a bearer token.' : 'Without QD_METRICS_TOKEN the metrics are answered on loopback only.');
    return reply.type(desk.metrics.registry.contentType).send(await desk.metrics.registry.metrics());
  });
}
