import type { TrackerKind } from '../contract/trackers.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { jira } from './jira.ts';
import type { Tracker } from './tracker.ts';

/** Every kind of issue tracker; another one is a file here and a name in the contract. */
export const trackers: Readonly<Record<TrackerKind, Tracker>> = { github, gitlab, jira };
