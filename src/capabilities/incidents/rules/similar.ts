/** What of an incident can be alike. Words are those of its title and of its alerts. */
export interface Traits {
  readonly id: string;
  readonly title: string;
  readonly serviceId: string | null;
  readonly alertTitles: readonly string[];
}

export interface Alike {
  readonly id: string;
  /** 0 to 1. */
  readonly score: number;
  readonly reasons: readonly string[];
}

/** Same service, same alert, same words: how much each counts, together 1. */
const WEIGHT = { service: 0.4, alerts: 0.35, words: 0.25 } as const;
/** Less alike than this helps nobody. */
const LEAST = 0.2;

/** Words that say what happened: longer than three letters, without numbers, which differ each time. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .filter((word) => word.length > 3),
  );
}

/** An alert without what differs each time: numbers and what stands in quotes. */
const plain = (title: string) =>
  title
    .toLowerCase()
    .replaceAll(/["“][^"”]*["”]|\d+/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

const share = (one: ReadonlySet<string>, other: ReadonlySet<string>) => {
  const both = [...one].filter((word) => other.has(word));
  return { both, of: both.length / Math.max(1, Math.min(one.size, other.size)) };
};

/** Past incidents that are like this one, the most alike first, each with what they have in common. */
export function similarTo(incident: Traits, past: readonly Traits[], most: number): Alike[] {
  const own = { words: wordsOf(incident.title), alerts: new Set(incident.alertTitles.map(plain)) };
  return past
    .filter(({ id }) => id !== incident.id)
    .map((other): Alike => {
      const isSameService = incident.serviceId !== null && other.serviceId === incident.serviceId;
      const alerts = share(own.alerts, new Set(other.alertTitles.map(plain)));
      const words = share(own.words, wordsOf(other.title));
      return {
        id: other.id,
        score: (isSameService ? WEIGHT.service : 0) + WEIGHT.alerts * alerts.of + WEIGHT.words * words.of,
        reasons: [
          ...(isSameService ? ['the same service'] : []),
          ...(alerts.both.length > 0 ? [alerts.both.length === 1 ? 'the same alert' : `${alerts.both.length} of the same alerts`] : []),
          ...(words.both.length > 0 ? [`the words ${words.both.slice(0, 4).join(', ')}`] : []),
        ],
      };
    })
    .filter(({ score }) => score >= LEAST)
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? 1 : -1))
    .slice(0, most);
}
