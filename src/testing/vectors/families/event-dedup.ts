import { acceptedStatus, read as readGoAlert } from '#capabilities/alerts/formats/goalert.ts';
import { read as readEvents } from '#capabilities/alerts/formats/events.ts';
import { apply, type AlertState, type Effect, type Signal } from '#capabilities/alerts/rules/index.ts';
import { EMPTY, writePath } from '#capabilities/alerts/rules/mapping/index.ts';
import { fieldsOf, textOf, type Answers, type Family } from '../case.ts';

interface Open {
  state: AlertState;
  readonly title: string;
  readonly service: string;
}

const RESULTS: Partial<Readonly<Record<Effect, string>>> = { created: 'created', 'created-again': 'created', duplicate: 'duplicate', resolved: 'closed', ignored: 'ignored' };

/** A desk in small: the newest alert of each key of each source, changed by the product's own rules. */
function smallDesk() {
  const alerts = new Map<string, Open>();
  const paged: [string, string][] = [];
  return {
    alerts,
    paged,
    take(service: string, signal: Signal): string {
      const place = JSON.stringify([service, signal.key]);
      const latest = alerts.get(place) ?? null;
      const { effect, state } = apply(latest, signal);
      if (effect === 'created' || effect === 'created-again') {
        alerts.set(place, { state: 'triggered', title: signal.summary, service });
        paged.push([service, signal.summary]);
      } else if (latest && state) latest.state = state;
      return RESULTS[effect] ?? effect;
    },
  };
}

const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] => (Array.isArray(value) ? value.map(fieldsOf) : []);

function signalOf(read: ReturnType<typeof readGoAlert>): Signal {
  const [signal] = 'signals' in read ? read.signals : [];
  if (!signal) throw new Error('the event was not read');
  return signal;
}

function answerGoAlert(given: Readonly<Record<string, unknown>>): Answers {
  const desk = smallDesk();
  for (const { service, ...event } of listOf(given['existing'])) desk.take(textOf(service), signalOf(readGoAlert(event)));
  const results = listOf(given['events']).map(({ service, ...event }) => desk.take(textOf(service), signalOf(readGoAlert(event))));
  const services = [...new Set([...desk.alerts.values()].map(({ service }) => service))];
  const openOf = (service: string) => [...desk.alerts.values()].filter((one) => one.service === service && one.state !== 'resolved').map(({ title }) => title);
  return { results, paged: desk.paged, open_after: Object.fromEntries(services.map((service) => [service, openOf(service)])), http_status: acceptedStatus };
}

/** The fields that identify an alert are the key of the mapping. */
function answerKeep(given: Readonly<Record<string, unknown>>): Answers {
  const names = Array.isArray(given['fingerprint_fields']) ? given['fingerprint_fields'].map(String) : [];
  const mapping = { ...EMPTY, title: 'event', key: names.map((name) => `{${writePath([name])}}`).join(' ') };
  const desk = smallDesk();
  const events = listOf(given['events']);
  const results = events.map((event) => desk.take('one', signalOf(readEvents(event, mapping))));
  const repeats = results.filter((result) => result === 'duplicate').length;
  return { alerts: desk.alerts.size, ingested: events.length, dedup_percent: (100 * repeats) / events.length };
}

export const eventDedup: Family = {
  family: 'event-dedup',
  answer: ({ given }) => (given['fingerprint_fields'] === undefined ? answerGoAlert(given) : answerKeep(given)),
};
