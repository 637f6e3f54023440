import type { Severity } from '../severity.ts';

export type StateWord = 'firing' | 'acknowledged' | 'resolved' | 'ignored';

/** How the bodies of one sender become signals. Fields are templates of paths (`template.ts`); an empty one is not used. */
export interface Mapping {
  /** Path of the list with one alert per entry; empty: the body is one alert, or a list of them itself. */
  readonly list: string;
  /** Leaves out what has one of these words at this place. */
  readonly ignore: { readonly value: string; readonly words: string[] };
  readonly state: string;
  /** The sender's word, in lower case → what it means. Words that stand in neither this nor the usual ones fire. */
  readonly stateWords: Readonly<Record<string, StateWord>>;
  readonly key: string;
  readonly title: string;
  readonly severity: string;
  readonly severityWords: Readonly<Record<string, Severity>>;
  readonly origin: string;
  readonly service: string;
  readonly labels: { readonly name: string; readonly value: string }[];
  readonly startsAt: string;
  readonly link: string;
  /** Path of the object shown as details; empty: the whole entry. */
  readonly details: string;
}

export const TEMPLATES = ['state', 'key', 'title', 'severity', 'origin', 'service', 'startsAt', 'link'] as const;

export const EMPTY: Mapping = {
  list: '',
  ignore: { value: '', words: [] },
  state: '',
  stateWords: {},
  key: '',
  title: '',
  severity: '',
  severityWords: {},
  origin: '',
  service: '',
  labels: [],
  startsAt: '',
  link: '',
  details: '',
};
