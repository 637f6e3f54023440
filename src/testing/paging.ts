import { openTestDesk, type TestDesk, type TestPerson } from './desk.ts';
import { openInbox, type Inbox } from './mail.ts';

type Draft = Omit<Parameters<TestDesk['oncall']['createPolicy']>[0], 'name'>;
type Severity = 'critical' | 'error' | 'warning' | 'info';

/** A desk with people, a service and a source of alerts, and what was paged, in words. */
export interface PagingDesk {
  readonly desk: TestDesk;
  readonly inbox: Inbox;
  readonly ada: TestPerson;
  readonly bo: TestPerson;
  readonly cy: TestPerson;
  readonly service: string;
  fire(name: string, severity?: Severity): Promise<string>;
  resolve(name: string): Promise<void>;
  /** Its sender says that somebody there has it. */
  taken(name: string): Promise<void>;
  /** Names of those with an open page about the record, sorted. */
  asked(alert: string): Promise<readonly string[]>;
  /** Everybody who was ever paged about it, in order. */
  paged(alert: string): Promise<readonly string[]>;
  /** Why the last who was paged was. */
  whyLast(alert: string): Promise<string>;
  /** A new policy that pages for the service from now on. */
  inCharge(draft: Draft): Promise<{ readonly number: string; readonly version: number }>;
  /** Everything that is open is resolved by hand. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** A step of people that waits ten minutes. */
export const stepOf = (...people: readonly TestPerson[]) => ({ targets: people.map(({ number }) => ({ kind: 'person' as const, number })), waitMinutes: 10 });

export async function openPagingDesk(at: string, env: Readonly<Record<string, string>> = {}): Promise<PagingDesk> {
  const inbox = await openInbox();
  const desk = await openTestDesk({ at, env: { QD_SMTP_URL: inbox.url, ...env } });
  const ada = await desk.person('Ada Ek', 'responder');
  const bo = await desk.person('Bo Berg', 'responder');
  const cy = await desk.person('Cy Dahl', 'responder');
  const service = (await desk.catalog.create({ name: 'payments-api', tier: 1 })).number;
  const { version, rules } = await desk.alerts.routing({});
  await desk.alerts.setRouting({ version, rules: { ...rules, defaults: { ...rules.defaults, outcome: 'page' } } });
  const { key } = await desk.alerts.createSource({ name: 'Probe', service });
  const send = async (name: string, action: 'trigger' | 'acknowledge' | 'resolve', severity: Severity) => {
    // One key however bad it is; what has a class of its own stands in a group of its own.
    const payload = { summary: name, source: 'probe', severity, class: name };
    const body = JSON.stringify({ routing_key: key, event_action: action, dedup_key: name, payload });
    await fetch(`${desk.url}/v2/enqueue`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    await desk.drain();
  };
  const nameOf = ({ person }: { person: { title: string } | null }) => person?.title.split(' ')[0] ?? '?';
  let policies = 0;
  const pages = async (number: string) => (await desk.oncall.paging({ number })).pages;
  return {
    desk,
    inbox,
    ada,
    bo,
    cy,
    service,
    async fire(name, severity = 'critical') {
      await send(name, 'trigger', severity);
      const found = (await desk.alerts.list({ limit: 50 })).items.find((alert) => alert.title === name);
      if (!found) throw new Error(`no alert ${name}`);
      return found.number;
    },
    resolve: (name) => send(name, 'resolve', 'critical'),
    taken: (name) => send(name, 'acknowledge', 'critical'),
    asked: async (alert) =>
      (await pages(alert))
        .filter((page) => page.endedAt === null)
        .map(nameOf)
        .toSorted(),
    paged: async (alert) => (await pages(alert)).map(nameOf),
    whyLast: async (alert) => (await pages(alert)).at(-1)?.why ?? '',
    async inCharge(draft) {
      const { number } = await desk.oncall.createPolicy({ name: `Policy ${(policies += 1)}`, repeat: 0, ...draft });
      return desk.oncall.cover({ number, service });
    },
    async clear() {
      for (const open of (await desk.alerts.list({ state: ['triggered', 'acknowledged'], limit: 100 })).items) await desk.alerts.resolve({ number: open.number });
    },
    async close() {
      await desk.close();
      await inbox.close();
    },
  };
}
