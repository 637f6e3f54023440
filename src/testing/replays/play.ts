import type { TestDesk, TestPerson } from '#testing/desk.ts';
import type { Published } from './timelines.ts';

const DAY = 86_400_000;

export interface Played {
  readonly incident: string;
  readonly review: string;
  readonly action: string;
  readonly declaredAt: number;
}

/** Plays one published incident through the real verbs: its hours are kept, its days are moved to begin on the given one. */
export async function play(desk: TestDesk, by: { readonly commander: TestPerson; readonly reader: TestPerson }, published: Published, day: string): Promise<Played> {
  const { commander, reader } = by;
  const moved = Date.parse(`${day}T00:00:00Z`) - Date.parse(`${published.began.slice(0, 10)}T00:00:00Z`);
  const at = (time: string) => Date.parse(time) + moved;
  const goTo = async (time: number) => desk.advance({ seconds: Math.max(0, (time - desk.now()) / 1000) });
  const service = await desk.catalog.create({ name: published.service, tier: 1 });
  const { key } = await desk.alerts.createSource({ name: published.service, service: service.number });
  const send = async (action: 'trigger' | 'resolve') => {
    const payload = { summary: published.name, source: published.service, severity: 'critical', timestamp: new Date(at(published.began)).toISOString() };
    const body = JSON.stringify({ routing_key: key, event_action: action, dedup_key: published.service, payload });
    const answer = await fetch(`${desk.url}/v2/enqueue`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    if (!answer.ok) throw new Error(`the alert of ${published.name} was refused: ${await answer.text()}`);
    await desk.drain();
  };

  await goTo(at(published.detected));
  await send('trigger');
  const alert = (await desk.alerts.list({ service: service.number, limit: 1 })).items[0]?.number ?? '';
  await goTo(at(published.taken));
  await commander.alerts.acknowledge({ number: alert });
  const declared = await commander.incidents.declare({ title: published.name, severity: published.severity, alert });
  const { number } = declared.incident;
  const acts = [
    ...published.steps.map((step) => ({ at: step.at, act: () => take(commander, number, step) })),
    ...(published.contained === null ? [] : [{ at: published.contained, act: () => commander.incidents.advance({ number, stage: 'mitigating' }) }]),
  ].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  for (const one of acts) {
    await goTo(at(one.at));
    await one.act();
  }
  await goTo(at(published.resolved));
  const { review } = await commander.incidents.resolve({ number, resolution: published.summary.slice(0, 400), reviewOwner: reader.number });
  await send('resolve');
  return { incident: number, declaredAt: Date.parse(declared.incident.declaredAt), ...(await learn(desk, by, published, review?.number ?? '')) };
}

function take(commander: TestPerson, number: string, { kind, text }: Published['steps'][number]): Promise<unknown> {
  if (kind === 'update') return commander.incidents.postUpdate({ number, text });
  if (kind === 'worse') return commander.incidents.setSeverity({ number, severity: 'SEV1', reason: text });
  return commander.incidents.addNote({ number, kind, text });
}

/** The review on the second day, read on the third; its action is done a week later. */
async function learn(
  desk: TestDesk,
  { commander, reader }: { readonly commander: TestPerson; readonly reader: TestPerson },
  published: Published,
  number: string,
): Promise<{ review: string; action: string }> {
  await desk.advance({ days: 1 });
  await reader.incidents.writeSection({ number, section: 'summary', text: `${published.summary}\n\nSource: ${published.source}` });
  await reader.incidents.writeSection({ number, section: 'learned', text: published.learned });
  for (const factor of published.factors) {
    const { findings } = await reader.incidents.addFinding({ number, factor, text: published.summary });
    const finding = findings.find((one) => one.factor === factor)?.id ?? '';
    if (factor !== published.factors[0]) await reader.incidents.changeFinding({ number, finding, noActionReason: 'The action against the first factor covers it.' });
    else {
      const dueOn = new Date(desk.now() + 14 * DAY).toISOString().slice(0, 10);
      await reader.incidents.addAction({ number, title: published.action, finding, owner: commander.number, dueOn });
    }
  }
  await reader.incidents.submitReview({ number });
  await desk.advance({ days: 1 });
  await commander.incidents.passReview({ number });
  const closed = await reader.incidents.finishReview({ number });
  const action = closed.actions[0]?.number ?? '';
  await desk.advance({ days: 1 });
  await commander.followups.complete({ number: action, evidence: published.source });
  await commander.followups.judge({ number: action, helped: 'yes' });
  return { review: number, action };
}
