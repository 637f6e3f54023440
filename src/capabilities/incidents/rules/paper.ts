import type { ReviewPage } from '../contract/review.ts';
import type { Section } from '../contract/review-shapes.ts';
import type { Mark } from './durations.ts';

/** A review as it is handed to others, without anything that only the desk needs. */
export interface Paper {
  readonly title: string;
  readonly severity: string;
  readonly state: string;
  readonly owner?: string;
  readonly incident?: string;
  readonly service?: string;
  readonly marks: Readonly<Record<Mark, string | null>>;
  readonly durations: Readonly<Record<'detect' | 'acknowledge' | 'contain' | 'resolve', number | null>>;
  readonly unknown: readonly string[];
  readonly meaning: string;
  readonly sections: readonly { readonly section: Section; readonly text: string }[];
  readonly findings: readonly { readonly factor: string; readonly category: string; readonly text: string; readonly noActionReason: string }[];
  readonly timeline: readonly { readonly at: string; readonly text: string }[];
  readonly tested: readonly string[];
  readonly changed: readonly string[];
  readonly actions: readonly { readonly title: string; readonly kind: string; readonly state: string; readonly owner?: string; readonly dueOn?: string }[];
}

export const SECTION_WORDS: Readonly<Record<Section, string>> = {
  summary: 'Summary',
  impact: 'What people noticed',
  causes: 'How it came about',
  wentWell: 'What helped',
  wentBadly: 'What hindered',
  learned: 'What we learned',
};
const MARK_WORDS: Readonly<Record<Mark, string>> = { began: 'Began', detected: 'Detected', acknowledged: 'Acknowledged', contained: 'Contained', resolved: 'Resolved' };
const STEP_WORDS = { detect: 'Until detected', acknowledge: 'Then until acknowledged', contain: 'Until contained', resolve: 'Until resolved' } as const;

/** Everything, for people of the house. */
export function paperOf(page: ReviewPage): Paper {
  const { review, facts } = page;
  const said = ({ words, text, actor }: ReviewPage['timeline'][number]) => `${actor ? `${actor.title} ` : ''}${words}${text ? `: ${text}` : ''}`;
  return {
    title: review.title,
    severity: review.severity,
    state: review.state,
    ...(review.owner && { owner: review.owner.title }),
    ...(review.incident && { incident: review.incident.number }),
    ...(facts.service && { service: facts.service.title }),
    marks: facts.marks,
    durations: facts.durations,
    unknown: facts.unknown,
    meaning: facts.meaning,
    sections: page.sections.map(({ section, text }) => ({ section, text })),
    findings: page.findings.map(({ factor, category, text, noActionReason }) => ({ factor, category, text, noActionReason })),
    timeline: page.timeline.filter(({ picked }) => picked).map((entry) => ({ at: entry.at, text: said(entry) })),
    tested: facts.tested.map(({ text }) => text),
    changed: facts.changed.map(({ text }) => text),
    actions: page.actions.map(({ number, title, kind, state, owner, dueOn }) => ({
      title: `${number} ${title}`,
      kind,
      state,
      ...(owner && { owner: owner.title }),
      ...(dueOn && { dueOn }),
    })),
  };
}

const TOLD = new Set(['incident.declared', 'incident.advanced', 'incident.resolved', 'incident.reopened', 'incident.severityChanged']);
const TOLD_WORDS: Readonly<Record<string, string>> = {
  'incident.declared': 'The incident was declared',
  'incident.advanced': 'Work on it moved on',
  'incident.resolved': 'It was over',
  'incident.reopened': 'It came back',
  'incident.severityChanged': 'Its severity was changed',
};

/** For outsiders: no person, no record, no note of the room; what remains is passed through `clean`. */
export function paperForOutsiders(page: ReviewPage, clean: (text: string) => string): Paper {
  const { review, facts } = page;
  return {
    title: clean(review.title),
    severity: review.severity,
    state: review.state,
    marks: facts.marks,
    durations: facts.durations,
    unknown: [],
    meaning: clean(facts.meaning),
    sections: page.sections.map(({ section, text }) => ({ section, text: clean(text) })),
    findings: page.findings.map(({ factor, category, text, noActionReason }) => ({ factor, category, text: clean(text), noActionReason: clean(noActionReason) })),
    timeline: page.timeline.filter(({ did, picked }) => picked && TOLD.has(did)).map(({ at, did }) => ({ at, text: TOLD_WORDS[did] ?? '' })),
    tested: [],
    changed: [],
    actions: page.actions.filter(({ state }) => state !== 'dropped').map(({ title, kind, state }) => ({ title: clean(title), kind, state })),
  };
}

/** "2 h 5 min": to the minute, because people noticed in minutes. */
export function spoken(ms: number | null): string {
  if (ms === null) return 'not known';
  const minutes = Math.round(ms / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const parts = [days ? `${days} d` : '', hours ? `${hours} h` : '', rest || minutes === 0 ? `${rest} min` : ''];
  return parts.filter(Boolean).join(' ');
}

const clock = (at: string | null) => (at === null ? 'not known' : `${at.slice(0, 16).replace('T', ' ')} UTC`);
/** A line of a list stays one line. */
const oneLine = (text: string) => text.replaceAll(/\s*\n\s*/g, ' ').trim();
const list = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [`## ${title}`, lines.map((line) => `- ${oneLine(line)}`).join('\n')]);

/** The paper as Markdown. */
export function markdownOf(paper: Paper): string {
  const head = [paper.severity, paper.state, paper.incident, paper.service, paper.owner && `owner ${paper.owner}`].filter((one) => one !== undefined && one !== '');
  const times = Object.entries(MARK_WORDS).map(([mark, word]) => `| ${word} | ${clock(paper.marks[mark as Mark])} |`);
  const lengths = Object.entries(STEP_WORDS).map(([step, word]) => `| ${word} | ${spoken(paper.durations[step as keyof typeof STEP_WORDS])} |`);
  const blocks = [
    `# ${oneLine(paper.title)}`,
    head.join(' · '),
    ['| | |', '|---|---|', ...times, ...lengths].join('\n'),
    ...paper.unknown,
    ...(paper.meaning === '' ? [] : ['## What it meant for people', paper.meaning]),
    ...paper.sections.filter(({ text }) => text.trim() !== '').flatMap(({ section, text }) => [`## ${SECTION_WORDS[section]}`, text]),
    ...list(
      'What contributed',
      paper.findings.map(({ factor, category, text, noActionReason }) => `**${factor}** (${category}): ${text}${noActionReason ? ` (no action: ${noActionReason})` : ''}`),
    ),
    ...list(
      'Timeline',
      paper.timeline.map(({ at, text }) => `${clock(at)}: ${text}`),
    ),
    ...list('What was changed', paper.changed),
    ...list('What was tested', paper.tested),
    ...list(
      'Actions',
      paper.actions.map(({ title, kind, state, owner, dueOn }) =>
        [title, kind, state, owner, dueOn && `due ${dueOn}`].filter((part) => part !== undefined && part !== '').join(', '),
      ),
    ),
  ];
  return `${blocks.join('\n\n')}\n`;
}
