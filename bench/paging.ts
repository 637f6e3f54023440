import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import * as pg from 'pg';
import { openVault } from '#kernel/vault.ts';
import { openInbox } from '#testing/mail.ts';
import { openProvider, type Asked, type Provider } from '#testing/provider.ts';
import { openBenchDesk, type BenchDesk } from './desk.ts';
import { atMost, quantile, type Outcome } from './figures.ts';
import { bareInserts } from './floor.ts';

const PEOPLE = 1000;
const CHANNELS = ['email', 'sms', 'ntfy', 'webhook'] as const;
/** What a provider takes to answer, as one on the internet does. */
const ANSWER_MS = 40;
const ACCOUNT = `AC${'7'.repeat(32)}`;

/** One alert pages a team of 1,000, a quarter of them each by mail, SMS, ntfy and webhook; every server is real. */
export async function run(): Promise<Outcome> {
  const inbox = await openInbox();
  const [twilio, ntfy, webhook] = await Promise.all([
    openProvider(() => ({ status: 201, body: '{"sid":"SM1","status":"queued"}', afterMs: ANSWER_MS })),
    openProvider(() => ({ status: 200, body: '{}', afterMs: ANSWER_MS })),
    openProvider(() => ({ status: 200, afterMs: ANSWER_MS })),
  ]);
  const desk = await openBenchDesk({ QD_SMTP_URL: inbox.url });
  try {
    await desk.server.clients.notify.setProvider({ provider: 'twilio', baseUrl: twilio.url, account: ACCOUNT, token: 'secret', from: '+15005550006' });
    const numbers = await populate(desk, { ntfy: ntfy.url, webhook: webhook.url });
    const { oncall, alerts } = desk.server.clients;
    const targets = numbers.map((number) => ({ kind: 'team' as const, number }));
    await oncall.createPolicy({ name: 'Everybody', isDefault: true, steps: [{ targets, waitMinutes: 60 }] });
    const { key } = await alerts.createSource({ name: 'Prometheus' });
    const told = () => [...inbox.mails.map((mail) => ({ who: mail.to, at: mail.at })), ...twilio.asked.map(phoneOf), ...ntfy.asked.map(topicOf), ...webhook.asked.map(pathOf)];
    const {
      value: began,
      nodeCores,
      postgresCores,
    } = await desk.during(async () => {
      const at = Date.now();
      await fire(desk.server.url, key);
      await until(() => told().length >= PEOPLE, 60_000);
      return at;
    });
    // Time for whatever would come twice.
    await new Promise((done) => setTimeout(done, 2000));
    const all = told();
    const who = new Set(all.map((one) => one.who));
    const took = all.map((one) => one.at - began);
    const floor = await bareInserts(desk.adminUrl, 6, 2);
    return {
      name: 'paging',
      figures: {
        pages: who.size,
        firstMs: Math.min(...took),
        p50Ms: quantile(took, 0.5),
        p99Ms: quantile(took, 0.99),
        lastMs: Math.max(...took),
        nodeCores,
        postgresCores,
        bareInsertsPerSecond: floor,
      },
      ratios: { pagesPerBareInsert: PEOPLE / (Math.max(...took) / 1000) / floor },
      targets: [
        atMost('ms until the last of 1,000 first attempts', Math.max(...took), 10_000),
        atMost('pages lost', PEOPLE - who.size, 0),
        atMost('pages doubled', all.length - who.size, 0),
      ],
    };
  } finally {
    await desk.close();
    await Promise.all([inbox, twilio, ntfy, webhook].map((server: { close(): Promise<void> } | Provider) => server.close()));
  }
}

const phoneOf = ({ body, at }: Asked) => ({ who: new URLSearchParams(body).get('To') ?? '', at });
const topicOf = ({ body, at }: Asked) => ({ who: /"topic":"([^"]+)"/.exec(body)?.[1] ?? '', at });
const pathOf = ({ path, at }: Asked) => ({ who: path, at });

async function fire(url: string, key: string): Promise<void> {
  const body = JSON.stringify({
    version: '4',
    alerts: [{ status: 'firing', labels: { alertname: 'Everything', severity: 'critical' }, annotations: { summary: 'Everything is down' } }],
  });
  const answer = await fetch(`${url}/ingest/${key}/alertmanager`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (answer.status !== 202) throw new Error(`the signal was not accepted: ${answer.status}`);
}

async function until(done: () => boolean, most: number): Promise<void> {
  for (const end = Date.now() + most; !done() && Date.now() < end;) await new Promise((next) => setTimeout(next, 20));
}

/** People are written straight into the database; a thousand passwords would take longer than what is measured. */
async function populate(desk: BenchDesk, urls: { readonly ntfy: string; readonly webhook: string }): Promise<readonly string[]> {
  const vault = openVault(readFileSync(join(desk.dataDir, 'secret.key'), 'utf8').trim());
  const { people } = desk.server.clients;
  const team = await people.createTeam({ name: 'Everybody' });
  const client = new pg.Client({ connectionString: desk.adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  const invited: { id: string; at: number }[] = [];
  for (let at = 0; at < PEOPLE; at += 1) {
    const { person } = await people.invite({ name: `Person ${at}`, email: `p${at}@example.com`, role: 'responder' });
    invited.push({ id: person.id, at });
  }
  await client.query(`update people_person set state = 'active'`);
  await client.query('insert into people_member (team_id, person_id, leads) select $1, unnest($2::uuid[]), false', [team.id, invited.map((one) => one.id)]);
  for (const { id, at } of invited) {
    const channel = CHANNELS[at % CHANNELS.length] ?? 'email';
    const address = { email: '', sms: `+49301${String(at).padStart(6, '0')}`, ntfy: `${urls.ntfy}/topic-${at}`, webhook: `${urls.webhook}/hook-${at}` }[channel];
    const { rows } = await client.query<{ id: string }>(
      `insert into notify_contact (id, person_id, channel, label, address, sealed, verified_at, created_at, address_key)
       values (gen_random_uuid(), $1, $2, 'Mine', $3, true, $4, $4, $5) returning id`,
      [id, channel, vault.encrypt(address), new Date(), channel === 'sms' ? vault.sign('phone number', address).toString('hex') : null],
    );
    const contact = channel === 'email' ? 'email' : rows[0]?.id;
    await client.query(`insert into notify_rule (person_id, urgency, position, contact, delay_minutes) values ($1, 'high', 0, $2, 0)`, [id, contact]);
  }
  await client.end();
  return [team.number];
}
