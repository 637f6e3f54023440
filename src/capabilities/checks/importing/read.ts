import { parse } from 'yaml';
import { fields, Unreadable } from '#kernel/foreign.ts';
import { type Moving } from './item.ts';
import { readGatus } from './gatus.ts';
import { readKuma } from './kuma.ts';

/** What a text holds: a backup of Uptime Kuma is JSON with a list of monitors, anything else a configuration of Gatus. */
export function readMoving(source: string): Moving {
  const document = documentOf(source);
  const { monitorList, endpoints } = fields(document);
  return monitorList !== undefined || (endpoints === undefined && source.trimStart().startsWith('{')) ? readKuma(document) : readGatus(document);
}

function documentOf(source: string): unknown {
  try {
    // JSON is read as what it is: YAML would take other things for it, and longer.
    return source.trimStart().startsWith('{') ? JSON.parse(source) : parse(source, { maxAliasCount: 200, merge: true });
  } catch (error) {
    const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw new Unreadable(`The text cannot be read: ${said.replace(/[.:]$/, '')}. Paste the whole file as it is.`);
  }
}
