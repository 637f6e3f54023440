import assert from 'node:assert/strict';
import { PLAIN_ROUTING, type RoutingText, type RuleText } from '#capabilities/alerts/rules/index.ts';
import { openTestDesk, type TestDesk, type TestOptions, type TestPerson } from './desk.ts';

type Labels = Readonly<Record<string, string>>;

/** A desk on which Ada is on call for everything, with one source and the words that tests of alerts speak in. */
export interface AlertingDesk {
  readonly desk: TestDesk;
  readonly ada: TestPerson;
  readonly key: string;
  /** Number of the source. */
  readonly source: string;
  /** Sends a body to an address of the source and works it off. */
  post(format: string, body: unknown): Promise<void>;
  /** Critical alerts unless the labels say otherwise; the title is the alertname and the instance. */
  fire(...labels: readonly Labels[]): Promise<void>;
  end(...labels: readonly Labels[]): Promise<void>;
  /** The newest alert of a title. */
  named(title: string): ReturnType<TestDesk['alerts']['get']>;
  paging(title: string): ReturnType<TestDesk['oncall']['paging']>;
  pages(title: string): Promise<number>;
  /** Replaces the rules; what a rule leaves out is plain. */
  route(rules: readonly Partial<RuleText>[], more?: Partial<RoutingText>): Promise<void>;
  /** The version of the rules that `route` has set last. */
  version(): number;
  /** Keeps what the matchers say silent from now on, for so many minutes. */
  mute(matchers: string, how: { readonly reason: string; readonly minutes: number; readonly kind?: 'maintenance' | 'mute' }): ReturnType<TestDesk['mutes']['create']>;
}

export async function openAlertingDesk(options: TestOptions & { readonly waitMinutes?: number } = {}): Promise<AlertingDesk> {
  const { waitMinutes = 60, ...given } = options;
  const desk = await openTestDesk({ at: '2026-03-02T09:00:00Z', ...given });
  const ada = await desk.person('Ada Ek', 'responder');
  await desk.oncall.createPolicy({ name: 'Everything', isDefault: true, steps: [{ targets: [{ kind: 'person', number: ada.number }], waitMinutes }] });
  const made = await desk.alerts.createSource({ name: 'Prometheus' });
  let version = 0;

  async function post(format: string, body: unknown): Promise<void> {
    const answer = await fetch(`${desk.url}/ingest/${made.key}/${format}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    assert.equal(answer.status, 202, await answer.text());
    await desk.drain();
  }
  const send = (status: 'firing' | 'resolved', labels: readonly Labels[]) =>
    post('alertmanager', {
      version: '4',
      alerts: labels.map((own) => ({ status, labels: { severity: 'critical', ...own }, annotations: { summary: `${own['alertname']} ${own['instance'] ?? ''}`.trim() } })),
    });
  async function named(title: string) {
    const found = (await desk.alerts.list({ q: title, limit: 200 })).items.find((one) => one.title === title);
    assert.ok(found, `no alert ${title}`);
    return desk.alerts.get({ number: found.number });
  }
  const paging = async (title: string) => desk.oncall.paging({ number: (await named(title)).alert.number });
  return {
    desk,
    ada,
    key: made.key,
    source: made.source.number,
    post,
    fire: (...labels) => send('firing', labels),
    end: (...labels) => send('resolved', labels),
    named,
    paging,
    pages: async (title) => (await paging(title)).pages.length,
    async route(rules, more = {}) {
      const whole = rules.map((rule, place) => ({ id: `r${place}`, under: null, name: `Rule ${place}`, matchers: '', goOn: false, set: {}, ...rule }));
      version = (await desk.alerts.setRouting({ version, rules: { ...PLAIN_ROUTING, ...more, rules: whole } as never })).version;
    },
    version: () => version,
    async mute(matchers, { reason, minutes, kind = 'mute' }) {
      const at = (later: number) => new Date(desk.now() + later * 60_000).toISOString();
      const mute = await desk.mutes.create({ reason, kind, matchers: [matchers], when: { kind: 'window', from: at(0), until: at(minutes) } });
      await desk.drain();
      return mute;
    },
  };
}
