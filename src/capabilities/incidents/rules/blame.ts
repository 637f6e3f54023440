/** A place where the words blame a person, why that hinders learning, and what to ask instead. */
export interface Pointed {
  readonly quote: string;
  readonly sentence: string;
  readonly suggestion: string;
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

const ROLES = String.raw`(?:the|an?|our|their|one) (?:\w+[ -])?(?:engineer|operator|developer|administrator|admin|technician|contractor|colleague|employee|manager|intern|person on call|on-call)`;
const WHO = String.raw`he|she|who|someone|somebody|nobody|no one`;

interface Rule {
  /** What follows the person, or stands alone when `alone`. */
  readonly words: string;
  readonly alone?: true;
  readonly sentence: string;
  readonly suggestion: string;
}

const RULES: readonly Rule[] = [
  {
    words: String.raw`(?:human|operator|user|pilot) errors?`,
    alone: true,
    sentence: 'It ends the search where it should begin.',
    suggestion: 'Say what made the slip possible: what did the screen, the tool or the runbook show, and what would have caught it?',
  },
  {
    words: String.raw`careless(?:ly|ness)?|negligen(?:t|tly|ce)|incompeten(?:t|ce)|stupid(?:ly|ity)?|lazy|sloppy|sloppily|reckless(?:ly)?|inattentive(?:ly)?`,
    alone: true,
    sentence: 'It judges a person and explains nothing.',
    suggestion: 'Say what the person knew and saw at that moment, and why what they did made sense.',
  },
  {
    words: String.raw`(?:to blame|at fault)|(?:his|her|their|whose) (?:own )?(?:fault|mistake|error)`,
    alone: true,
    sentence: 'It looks for who, not for how.',
    suggestion: 'Name the conditions that let it happen; they are still there when the person has gone.',
  },
  {
    words: String.raw`(?:should(?:n[’']t| not)? (?:really )?have|ought to have|could have (?:prevented|avoided|caught|known|checked|seen))`,
    sentence: 'It tells what did not happen, seen from afterwards.',
    suggestion: 'Say what was done, and what would have made the better way the easy one.',
  },
  {
    words: String.raw`(?:forgot|neglected|failed|omitted|refused)(?: to)?|(?:didn[’']t|did not) (?:bother|think|check|notice|pay attention)|ignored|overlooked`,
    sentence: 'It makes one person the cause.',
    suggestion: 'Say what the step relied on: memory, attention or a checklist, and what could take its place.',
  },
  {
    words: String.raw`(?:caused|broke|messed up|screwed up|misconfigured|took down|brought down|made (?:a|the) mistake|got it wrong)`,
    sentence: 'It makes one person the cause.',
    suggestion: 'Make the change or the tool the subject: “the change removed …”, “the tool let …”.',
  },
];

/** Where a text blames a person: pointed out, never forbidden. `names` are people of the desk. */
export function blameIn(text: string, names: readonly string[]): readonly Pointed[] {
  const called = [...new Set(names.flatMap((name) => [name, name.split(/\s+/)[0] ?? '']))].filter((name) => name.length > 1).toSorted((a, b) => b.length - a.length);
  const person = `(?:${[...called.map(escaped), ROLES, WHO].join('|')})`;
  const found = RULES.flatMap(({ words, alone, sentence, suggestion }) => {
    const pattern = alone ? String.raw`\b(?:${words})\b` : String.raw`\b${person}(?: (?:had|has|also|then|simply|just|again))? (?:${words})\b`;
    // A name is written with a capital; everything else as it comes.
    return [...text.matchAll(new RegExp(pattern, 'giu'))]
      .filter(([quote]) => alone || isPerson(quote, called))
      .map((hit) => ({ at: hit.index, quote: hit[0], sentence, suggestion }));
  });
  const owned = called.length === 0 ? [] : [...text.matchAll(new RegExp(String.raw`\b(?:${called.map(escaped).join('|')})[’']s (?:fault|mistake|error)\b`, 'gu'))];
  const all = [...found, ...owned.map((hit) => ({ at: hit.index, quote: hit[0], sentence: RULES[2]!.sentence, suggestion: RULES[2]!.suggestion }))];
  return all.toSorted((a, b) => a.at - b.at).map(({ quote, sentence, suggestion }) => ({ quote, sentence, suggestion }));
}

const OTHERS = new RegExp(`^(?:${ROLES}|${WHO})\\b`, 'iu');

function isPerson(quote: string, names: readonly string[]): boolean {
  return OTHERS.test(quote) || names.some((name) => quote.startsWith(name));
}
