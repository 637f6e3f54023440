export const AUDIENCES = ['technical', 'business', 'customers', 'executives'] as const;
export type Audience = (typeof AUDIENCES)[number];
export const OCCASIONS = ['begin', 'update', 'end'] as const;
export type Occasion = (typeof OCCASIONS)[number];

/** What a template may name, with the words that stand there as long as nobody knows it. */
export const FACTS = {
  title: 'an incident',
  number: 'no number yet',
  severity: 'severity not decided',
  stage: 'stage not known',
  services: 'parts that are not known yet',
  impact: 'who is affected is not known yet',
  since: 'the beginning is not known yet',
  commander: 'nobody leads yet',
  done: 'nothing was done yet',
  cause: 'the cause is not known yet',
  next: 'the time of the next update is not set',
  until: 'the end is not known yet',
  link: 'no link',
} as const;
export type FactName = keyof typeof FACTS;
export type Facts = Readonly<Partial<Record<FactName, string | null>>>;

export interface Template {
  readonly title: string;
  readonly text: string;
}

const PLACE = /\{([^{}]*)\}/g;
const isFact = (name: string): name is FactName => Object.hasOwn(FACTS, name);

/** Fills a template from facts. What is not known is said to be unknown, never left out and never guessed. */
export function fill(template: string, facts: Facts): string {
  return template.replaceAll(PLACE, (whole: string, name: string, place: number) => {
    if (!isFact(name)) return whole;
    const fact = facts[name]?.trim() ?? '';
    const endsSentence = template[place + whole.length] === '.';
    return fact === '' ? FACTS[name] : endsSentence ? fact.replace(/[.!?]+$/, '') : fact;
  });
}

/** Facts that a template names and nobody knows. */
export function unknownIn({ title, text }: Template, facts: Facts): readonly FactName[] {
  const named = [...`${title} ${text}`.matchAll(PLACE)].flatMap(([, name = '']) => (isFact(name) ? [name] : []));
  return [...new Set(named)].filter((name) => (facts[name]?.trim() ?? '') === '');
}

/** Why a template is refused; undefined when it can be filled. */
export function refuseTemplate({ title, text }: Template): string | undefined {
  const strange = [...`${title} ${text}`.matchAll(PLACE)].map(([, name = '']) => name).find((name) => !isFact(name));
  return strange === undefined
    ? undefined
    : `{${strange}} is not a fact that can be filled in. Use ${Object.keys(FACTS)
        .map((name) => `{${name}}`)
        .join(', ')}.`;
}

/** Neither numbers nor names of the house stand in what customers read, nor what people noted for each other. */
const INSIDE: readonly FactName[] = ['title', 'number', 'severity', 'stage', 'commander', 'done', 'cause', 'link'];
export function refuseForAudience(audience: Audience, template: Template): string | undefined {
  if (audience !== 'customers') return undefined;
  const named = [...`${template.title} ${template.text}`.matchAll(PLACE)].map(([, name = '']) => name);
  const inside = INSIDE.find((name) => named.includes(name));
  return inside === undefined ? undefined : `Customers are not told {${inside}}: it belongs to the inside of the house. Take it out.`;
}

export const SHIPPED: Readonly<Record<Audience, Readonly<Record<Occasion, Template>>>> = {
  technical: {
    begin: {
      title: '{severity} {number}: {title}',
      text: 'Affected: {services}\nImpact: {impact}\nSince: {since}\nStage: {stage}\nLed by: {commander}\nSuspected cause: {cause}\nNext update: {next}\n{link}',
    },
    update: { title: '{severity} {number}, {stage}: {title}', text: 'Stage: {stage}\nImpact: {impact}\nDone so far: {done}\nCause: {cause}\nNext update: {next}\n{link}' },
    end: { title: 'Over: {number} {title}', text: 'Resolved: {until}\nIt began: {since}\nCause: {cause}\nWhat helped: {done}\n{link}' },
  },
  business: {
    begin: { title: '{services}: {title}', text: 'What is affected: {services}\nWho is affected: {impact}\nSince: {since}\nWe are working on it. Next update: {next}' },
    update: { title: 'Update on {services}: {title}', text: 'Who is affected: {impact}\nWhat was done: {done}\nNext update: {next}' },
    end: { title: '{services} works again', text: 'It began: {since}\nIt was over: {until}\nWho was affected: {impact}\nWhat was done: {done}' },
  },
  customers: {
    begin: { title: 'Trouble with {services}', text: 'We are looking into a fault of {services}. Affected: {impact}. It began at {since}. We tell you more at {next}.' },
    update: { title: 'Trouble with {services}', text: 'We are working on the fault of {services}. Affected: {impact}. We tell you more at {next}.' },
    end: { title: '{services} works again', text: 'The fault of {services} is over since {until}. Affected: {impact}. We are sorry for the trouble.' },
  },
  executives: {
    begin: { title: '{severity}: {title}', text: '{impact}. It began at {since}. {commander} leads the response. Next update: {next}.' },
    update: { title: '{severity}, {stage}: {title}', text: '{impact}. Done: {done}. Cause: {cause}. Next update: {next}.' },
    end: { title: 'Over: {title}', text: 'It lasted from {since} until {until}. {impact}. Cause: {cause}.' },
  },
};
