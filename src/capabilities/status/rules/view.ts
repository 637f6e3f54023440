import type { DayShown } from './uptime.ts';
import type { ComponentState, Impact, Phase, PostKind } from './states.ts';

/** Everything outsiders may know of a page, and nothing else: html, JSON and feeds are made from this alone. */
export interface PageView {
  readonly slug: string;
  readonly title: string;
  readonly about: string;
  readonly colour: string;
  readonly access: 'public' | 'link' | 'signed-in';
  readonly logo: { readonly type: string; readonly tag: string } | null;
  readonly builtAt: string;
  readonly words: string;
  readonly worst: ComponentState;
  readonly groups: readonly { readonly name: string; readonly components: readonly ComponentView[] }[];
  /** Incidents that are not over, the newest first. */
  readonly open: readonly PostView[];
  /** Maintenance that comes or goes on, the soonest first. */
  readonly planned: readonly PostView[];
  readonly past: readonly PostView[];
}

export interface ComponentView {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly state: ComponentState;
  readonly since: string;
  readonly share: number | null;
  readonly days: readonly DayShown[];
}

export interface PostView {
  readonly number: string;
  readonly kind: PostKind;
  readonly title: string;
  readonly phase: Phase;
  readonly impact: Impact;
  readonly components: readonly string[];
  readonly startsAt: string;
  readonly endsAt: string | null;
  readonly closedAt: string | null;
  readonly updates: readonly { readonly id: string; readonly phase: Phase; readonly text: string; readonly at: string }[];
}

export function escaped(text: string): string {
  return text.replaceAll(/(?!\n)\p{Cc}/gu, ' ').replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

export function percentOf(share: number | null): string {
  if (share === null) return 'no data';
  return share === 1 ? '100 %' : `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
}
