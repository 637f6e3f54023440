import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, scratch } from '#testing/server.ts';

export interface Sample {
  readonly url: string;
  /** Signs in as the sample administrator. */
  readonly link: string;
  /** Name → path of every page, with the numbers of real records in it. */
  readonly pages: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const ROOT = join(import.meta.dirname, '..');

/** The desk with the sample organisation: a running one (QUARTERDECK_SAMPLE=its demo link), or a fresh one of so many days. */
export async function sampleDesk(days = 182): Promise<Sample> {
  const given = process.env['QUARTERDECK_SAMPLE'];
  if (given) return { url: new URL(given).origin, link: given, pages: await pagesOf(given), stop: async () => undefined };
  const place = scratch('sample');
  const port = await freePort();
  const env = { PATH: process.env['PATH'] ?? '', QD_PORT: String(port), QD_DATA_DIR: join(place.path, 'data'), QD_LOG_LEVEL: 'warn' };
  const child = spawn(process.execPath, ['src/cli.ts', 'demo', '--days', String(days)], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
  });
  let link: string | undefined;
  for (const end = Date.now() + 400_000; !link && Date.now() < end && child.exitCode === null;) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    link = /http:\S+\/demo\/\S+/.exec(said)?.[0];
  }
  if (!link) throw new Error(`the sample organisation did not start:\n${said.slice(-2000)}`);
  return {
    url: new URL(link).origin,
    link,
    pages: await pagesOf(link),
    async stop() {
      child.kill('SIGTERM');
      await ended;
      if (existsSync(place.path)) place.remove();
    },
  };
}

async function pagesOf(link: string): Promise<Record<string, string>> {
  const signedIn = await fetch(link, { redirect: 'manual' });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const origin = new URL(link).origin;
  const first = async (
    path: string,
    pick: (answer: { items: { number: string; tier?: number; title?: string; name?: string; stage?: string }[] }) => string | undefined = (a) => a.items[0]?.number,
  ) => pick((await (await fetch(`${origin}/api/v1${path}`, { headers: { cookie } })).json()) as { items: [] }) ?? 'NONE-0';
  const alert = await first('/alerts?state=triggered&state=acknowledged');
  const incident = await first('/incidents/live', (a) => a.items.find((one) => one.stage === 'mitigating')?.number ?? a.items[0]?.number);
  const imported = await first('/imports');
  const plan = await first(`/imports/${imported}`, (a) => (a as unknown as { runs?: { id: string }[] }).runs?.[0]?.id);
  return {
    watch: '/',
    alerts: '/alerts',
    'alerts-held': '/alerts?show=held',
    'alerts-all': '/alerts?show=all',
    alert: `/alerts/${alert}`,
    'alert-rules': '/alerts/rules',
    'alert-bindings': '/alerts/bindings',
    sources: '/alerts/sources',
    source: `/sources/${await first('/sources')}`,
    'source-mapping': `/sources/${await first('/sources')}/mapping`,
    incidents: '/incidents',
    incident: `/incidents/${incident}`,
    'incident-new': '/incidents/new',
    severities: '/incidents/severities',
    reviews: '/reviews',
    review: `/reviews/${await first('/reviews')}`,
    'on-call': '/on-call',
    rota: `/on-call/${await first('/rotas')}`,
    'rota-layers': `/on-call/${await first('/rotas')}/layers`,
    'rota-handover': `/on-call/${await first('/rotas')}/handover`,
    'rota-from-calendar': `/on-call/${await first('/rotas')}/from-calendar`,
    'rota-new': '/on-call/new',
    'my-shifts': '/on-call/mine',
    holidays: '/on-call/holidays',
    'rota-move-in': '/on-call/move-in',
    'on-call-services': '/on-call/services',
    pages: '/pages',
    policies: '/policies',
    'policy-new': '/policies/new',
    policy: `/policies/${await first('/policies')}`,
    checks: '/checks',
    'check-new': '/checks/new',
    'check-new-http': '/checks/new?kind=http',
    'check-new-tls': '/checks/new?kind=tls',
    'check-new-database': '/checks/new?kind=postgresql',
    'check-move-in': '/checks/move-in',
    check: `/checks/${await first('/checks')}`,
    slos: '/slos',
    slo: `/slos/${await first('/slos')}`,
    'slo-new': '/slos/new',
    mutes: '/mutes',
    mute: `/mutes/${await first('/mutes')}`,
    'mute-new': '/mutes/new',
    'mute-calendar': '/mutes/calendar',
    services: '/services',
    service: `/services/${await first('/services?q=payments-api')}`,
    'service-new': '/services/new',
    components: '/components',
    component: `/components/${await first('/components?q=hv-1')}`,
    'component-new': '/components/new',
    'single-points': '/catalog/single-points',
    'graph-changes': '/catalog/changes?show=month',
    map: '/catalog/map',
    inbox: '/catalog/inbox',
    imports: '/imports',
    'import-new': '/imports/new',
    'import-backstage': '/imports/new?format=backstage',
    'import-csv': '/imports/new?format=csv',
    import: `/imports/${imported}`,
    'import-run': `/imports/${imported}/runs/${plan}`,
    factors: '/reviews/factors',
    'status-pages': '/status-pages',
    'status-page': `/status-pages/${await first('/status-pages')}`,
    'status-page-parts': `/status-pages/${await first('/status-pages')}?tab=parts`,
    'status-post-new': `/status-pages/${await first('/status-pages')}/post`,
    'status-post': `/status-posts/${await first('/status-posts')}`,
    'status-templates': '/status-pages/templates',
    'status-public': '/status/harbour',
    actions: '/actions',
    actionBoard: '/actions/board',
    trackers: '/actions/trackers',
    action: `/actions/${await first('/actions')}`,
    metrics: '/lead/metrics',
    report: '/lead/report',
    people: '/people',
    person: `/people/${await first('/people?q=Anneke')}`,
    teams: '/teams',
    team: `/teams/${await first('/teams')}`,
    start: '/start',
    profile: '/settings/profile',
    contacts: '/settings/contacts',
    sharedChannels: '/settings/channels',
    providers: '/settings/providers',
    security: '/settings/security',
    tokens: '/settings/tokens',
    audit: '/settings/audit',
  };
}
