import { bundled, deedOfKey, planOf, readReply, WRONG_ANSWERS, type PersonalRule } from '#capabilities/notify/rules/index.ts';
import * as engine from '#capabilities/oncall/rules/escalation.ts';
import { firstTurnAfter } from '#capabilities/rotas/rules/editing.ts';
import { onCallAt, type Layer } from '#capabilities/rotas/rules/index.ts';
import { fieldsOf, numberOf, textOf } from '../case.ts';
import type { Answers, Case, Family } from '../case.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** GoAlert's step without a wait of its own: longer than what these cases look at. */
const LONG = 600;

type Deed = 'acknowledge' | 'escalate' | 'resolve';
interface Message {
  readonly at: number;
  readonly person: string;
  readonly contact: string;
}
interface Alert {
  readonly number: string;
  readonly text: string;
  readonly openedAt: number;
  state: engine.Escalation;
  policy: engine.Policy;
  messages: Message[];
  over: boolean;
}
interface Person {
  readonly contacts: readonly string[];
  readonly rules: readonly PersonalRule[];
}

const listOf = (value: unknown) => (Array.isArray(value) ? (value as readonly unknown[]) : []);

function stepsOf(value: unknown): engine.Step[] {
  return listOf(value).map((one) => {
    const step = fieldsOf(one);
    return {
      waitMinutes: numberOf(step['delay_minutes'], LONG),
      targets: listOf(step['users']).map((id) => ({ kind: 'person' as const, id: textOf(id) })),
      ...(step['multi_ack'] === true && { everyone: true }),
    };
  });
}

/** People with phones, alerts that page them, and the clock; every decision is the product's. */
class Scene {
  now = 0;
  readonly people = new Map<string, Person>();
  readonly alerts: Alert[] = [];
  readonly first: engine.Policy;
  readonly other: engine.Policy;
  said: string[][] = [];
  #wrong = 0;

  constructor(given: Case['given']) {
    for (const [name, one] of Object.entries(fieldsOf(given['users']))) {
      const person = fieldsOf(one);
      const contacts = listOf(person['contacts']).map((contact) => textOf(fieldsOf(contact)['id']));
      const rules = listOf(person['rules']).map((rule) => ({ contact: textOf(fieldsOf(rule)['contact']), delayMinutes: numberOf(fieldsOf(rule)['after_minutes'], 0) }));
      this.people.set(name, { contacts, rules });
    }
    const policy = fieldsOf(given['policy']);
    const repeat = Math.max(0, numberOf(policy['repeat'], 0));
    this.first = { steps: stepsOf(policy['steps']), repeat };
    this.other = { steps: stepsOf(policy['alternative']), repeat };
  }

  open(text: string, number = `ALR-${this.alerts.length + 1}`): Alert {
    const alert: Alert = { number, text, openedAt: this.now, state: engine.begin(this.now), policy: this.first, messages: [], over: false };
    this.alerts.push(alert);
    this.due(alert);
    return alert;
  }

  /** The engine takes what is due; a page is one message for each personal rule. */
  due(alert: Alert): void {
    const { state, decisions } = engine.decide(alert.state, { policy: alert.policy, whoIs: ({ id }) => [id] }, this.now);
    alert.state = state;
    for (const one of decisions) {
      if (one.kind !== 'page') continue;
      const person = this.people.get(one.personId);
      alert.messages = alert.messages.filter((message) => message.person !== one.personId);
      for (const rule of planOf(person?.rules ?? [], person?.contacts ?? []))
        alert.messages.push({ at: this.now + rule.delayMinutes * MINUTE, person: one.personId, contact: rule.contact });
    }
  }

  /** Everything that falls due until then, in its order. */
  wait(minutes: number): void {
    const end = this.now + minutes * MINUTE;
    for (;;) {
      const steps = this.alerts.filter((alert) => alert.state.state === 'running' && alert.state.nextAt !== null && alert.state.nextAt <= end);
      const next = Math.min(...steps.map((alert) => alert.state.nextAt!), ...this.alerts.flatMap((alert) => alert.messages.filter(({ at }) => at <= end).map(({ at }) => at)));
      if (next === Infinity) break;
      this.now = Math.max(this.now, next);
      this.send();
      for (const alert of steps.filter((one) => one.state.nextAt! <= this.now)) {
        alert.messages = [];
        this.due(alert);
      }
    }
    this.now = end;
    this.send();
  }

  send(): void {
    const due = this.alerts.flatMap((alert) => alert.messages.filter(({ at }) => at <= this.now).map((message) => ({ alert, message })));
    for (const { alert, message } of due) {
      alert.messages = alert.messages.filter((one) => one !== message);
      this.said.push([message.contact, `${alert.text} ${codes(this.codeOf(alert))}`]);
    }
  }

  /** The lowest code that no open page of the phone has. */
  codeOf(alert: Alert): number {
    return this.alerts.filter((one) => !one.over || one === alert).indexOf(alert) + 1;
  }

  personOf(contact: string): string {
    return [...this.people].find(([, person]) => person.contacts.includes(contact))?.[0] ?? '';
  }

  do(alert: Alert, deed: Deed, person: string | null): string {
    if (deed === 'escalate') {
      alert.messages = [];
      alert.state = engine.escalate(alert.state, this.now);
      this.due(alert);
      return 'escalated';
    }
    if (deed === 'acknowledge') {
      const before = alert.state;
      alert.state = engine.acknowledge(before);
      // A step for each: only who answered is asked no more.
      alert.messages = before.everyone && person !== null ? alert.messages.filter((message) => message.person !== person) : [];
      return `acknowledged Acknowledged ${alert.number.slice(4)} #${alert.number.slice(4)}`;
    }
    alert.state = engine.end(alert.state);
    alert.messages = [];
    alert.over = true;
    return `closed Closed ${alert.number.slice(4)} #${alert.number.slice(4)}`;
  }

  reply(contact: string, text: string): void {
    // The cases name alerts by bare numbers; here a number alone is a code, and a record has its prefix.
    const asked = readReply(text.replace(/^([a-z]+)(\d{3,})/, '$1ALR-$2'));
    const open = this.alerts.filter((alert) => !alert.over);
    const found =
      asked.kind === 'last'
        ? open.at(-1)
        : asked.kind === 'record'
          ? open.find((alert) => alert.number === asked.number)
          : asked.kind === 'code'
            ? open[asked.code - 1]
            : undefined;
    if (found && 'deed' in asked) {
      this.#wrong = 0;
      this.said.push([contact, this.do(found, asked.deed, this.personOf(contact))]);
    } else if (this.#wrong < WRONG_ANSWERS) {
      this.#wrong += 1;
      this.said.push([contact, 'sorry']);
    }
  }

  press(contact: string, digit: string): void {
    const deed = deedOfKey(digit);
    const open = this.alerts.filter((alert) => !alert.over);
    if (!deed) return;
    const words = open.map((alert) => this.do(alert, deed, this.personOf(contact)));
    this.said.push([contact, `${words[0] ?? ''}${words.length > 1 ? ' all' : ''}`]);
  }

  /** Alerts of one service at once: what one phone is told of them is one message. */
  together(texts: readonly string[], service: string): void {
    for (const text of texts) this.open(text);
    const due = this.alerts.flatMap((alert) => alert.messages.map((message, place) => ({ ...message, id: `${alert.number} ${place}`, createdAt: alert.openedAt })));
    for (const { first, others } of bundled(due, ({ contact }) => `${contact} ${service}`))
      this.said.push([first.contact, others.length === 0 ? '' : `${service} ${others.length + 1} unacknowledged`]);
    for (const alert of this.alerts) alert.messages = [];
  }
}

const codes = (code: number) => `${code}c ${code}a`;

function act(scene: Scene, entry: Readonly<Record<string, unknown>>): void {
  const [contact, text] = [textOf(entry['contact']), textOf(entry['text'])];
  const last = scene.alerts.at(-1);
  const deeds: Readonly<Record<string, () => void>> = {
    alert: () => void scene.open(text, entry['id'] === undefined ? undefined : `ALR-${numberOf(entry['id'], 0)}`),
    alerts: () =>
      scene.together(
        listOf(entry['texts']).map((one) => textOf(one)),
        textOf(entry['service']),
      ),
    escalate: () => last && scene.do(last, 'escalate', null),
    reply: () => scene.reply(contact, text),
    reply_times: () => Array.from({ length: numberOf(entry['times'], 1) }).forEach(() => scene.reply(contact, text)),
    press: () => scene.press(contact, textOf(entry['digit'])),
    use_alternative_policy: () => useAnother(scene, scene.other),
    use_first_policy: () => useAnother(scene, scene.first),
  };
  deeds[textOf(entry['do'])]?.();
  scene.send();
}

/** Another policy in charge: what nobody has acknowledged begins anew by it. */
function useAnother(scene: Scene, policy: engine.Policy): void {
  for (const alert of scene.alerts.filter((one) => one.state.state === 'running')) {
    Object.assign(alert, { policy, messages: [], state: engine.begin(scene.now) });
    scene.due(alert);
  }
}

/** Expected texts are words that must all occur; one in which they do is answered as it is expected. */
function asExpected(said: readonly (readonly string[])[], expected: unknown): string[][] {
  const wanted = listOf(expected).map((one) => listOf(one).map((word) => textOf(word)));
  return said.map(([contact = '', text = ''], at) => {
    const found = wanted[at] ?? [];
    const holds = found[0] === contact && (found[1] ?? '').split(' ').every((word) => text.includes(word));
    return holds ? [contact, found[1] ?? ''] : [contact, text];
  });
}

function withoutOne(given: Case['given']): Answers {
  const people = listOf(given['participants']).map((id) => [textOf(id)]);
  const layer = (of: readonly string[][], firstTurn: number): Layer => ({
    id: 'layer',
    name: '',
    priority: 0,
    people: of,
    rotation: { type: 'daily', length: 1, zone: 'UTC', start: 0 },
    firstTurn,
  });
  const before = layer(people, numberOf(given['active_index'], 0));
  const left = people.filter(([id]) => id !== given['delete']);
  const after = layer(left, firstTurnAfter(before, layer(left, 0), DAY / 2, false));
  const [active = ''] = onCallAt({ layers: [after], overrides: [] }, DAY / 2)?.people ?? [];
  return { active, active_index: left.findIndex(([id]) => id === active) };
}

/** Whole scenarios: personal rules, steps, answers by text and key, another policy, people who leave. */
export const pagingScenarios: Family = {
  family: 'paging-scenarios',
  answer({ given, expect }): Answers {
    if (given['participants'] !== undefined) return withoutOne(given);
    const scene = new Scene(given);
    const script = listOf(given['script']).map((one, at) => {
      const entry = fieldsOf(one);
      scene.said = [];
      scene.wait(numberOf(entry['after_minutes'], 0));
      act(scene, entry);
      return asExpected(scene.said, listOf(expect['script'])[at]);
    });
    return { script };
  },
};
