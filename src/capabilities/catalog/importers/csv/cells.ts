import { COMPONENT_TYPES } from '../../contract/shapes.ts';
import type { ComponentType, Thing } from '../reading.ts';

/** A value, or the end of a sentence that says why there is none. Empty cells are null. */
export type Cell<T> = { readonly value: T | null } | { readonly fault: string };

const types: readonly ComponentType[] = COMPONENT_TYPES;

/** What people call things, by words inside; most telling first. */
const typeWords: readonly (readonly [RegExp, ComponentType])[] = [
  [/\bvm\b|virtual|vserver/, 'vm'],
  [/switch|router|firewall|access ?point|load ?balancer|network|netzwerk|vpn|proxy|gateway/, 'network'],
  [/data ?base|datenbank|sql|oracle|postgres|mongo/, 'database'],
  [/storage|\bsan\b|\bnas\b|speicher|disk|backup/, 'storage'],
  [/container|pod|workload|deployment|docker/, 'container'],
  [/cluster|kubernetes|farm/, 'cluster'],
  [/certificate|zertifikat|tls|ssl/, 'certificate'],
  [/domain|dns/, 'domain'],
  [/saas|cloud service|vendor/, 'saas'],
  [/directory|ldap|active directory|verzeichnis/, 'directory'],
  [/queue|broker|kafka|topic|bus\b/, 'queue'],
  [/rack|schrank/, 'rack'],
  [/zone/, 'zone'],
  [/site|location|standort|data ?cent(er|re)|rechenzentrum|building|room/, 'site'],
  [/software|library|licen[cs]e|application|anwendung|package/, 'software'],
  [/server|host|computer|machine|blade|workstation|laptop|printer|appliance/, 'host'],
  [/cloud|aws|azure|gcp/, 'cloud'],
];

export function typeCell(text: string): Cell<ComponentType> {
  const word = text.toLowerCase();
  const exact = types.find((type) => type === word);
  const found = exact ?? typeWords.find(([words]) => words.test(word))?.[1];
  if (text === '' || found !== undefined) return { value: found ?? null };
  return { fault: `“${text.slice(0, 60)}” is no type of component; known are ${types.join(', ')}` };
}

export function kindCell(text: string): Cell<Thing['kind']> {
  if (text === '') return { value: null };
  if (/^(business |it |technical )?(service|application|system|dienst|anwendung)$/i.test(text)) return { value: 'service' };
  return /^(component|ci|asset|configuration item|komponente)$/i.test(text) ? { value: 'component' } : { fault: `“${text.slice(0, 60)}” is neither service nor component` };
}

const lifecycleWords: readonly (readonly [RegExp, NonNullable<Thing['lifecycle']>])[] = [
  [/^(planned|ordered|pre-?production|design|proposed|geplant|bestellt|in stock)$/i, 'planned'],
  [/^(live|active|in (use|service|operation)|operational|production|prod|installed|running|up|aktiv|produktiv|in betrieb)$/i, 'live'],
  [/^(retiring|deprecated|phasing out|end of life|eol|sunset|auslaufend)$/i, 'retiring'],
  [/^(retired|decommissioned|disposed|inactive|archived|scrapped|außer betrieb|stillgelegt)$/i, 'retired'],
];

export function lifecycleCell(text: string): Cell<Thing['lifecycle']> {
  const found = lifecycleWords.find(([words]) => words.test(text))?.[1];
  return text === '' || found ? { value: found ?? null } : { fault: `“${text.slice(0, 60)}” is no lifecycle; known are planned, live, retiring, retired` };
}

export function tierCell(text: string): Cell<number> {
  const words = ['critical', 'high', 'medium', 'low'];
  const number = /^(?:tier|t|p|level)?[\s-]*([1-4])\b/i.exec(text)?.[1];
  const word = words.findIndex((one) => text.toLowerCase().includes(one));
  if (text === '' || number !== undefined) return { value: number === undefined ? null : Number(number) };
  return word < 0 ? { fault: `“${text.slice(0, 60)}” is no tier; write 1 (most important) to 4` } : { value: word + 1 };
}

/** `1200`, `1,200`, `1.200` or `1 200`. */
export function countCell(text: string): Cell<number> {
  if (text === '') return { value: null };
  const digits = /^\d{1,3}([.,' \u00a0]\d{3})+$/.test(text) ? text.replace(/\D/g, '') : text;
  return /^\d{1,10}$/.test(digits) && Number(digits) <= 2_000_000_000 ? { value: Number(digits) } : { fault: `“${text.slice(0, 60)}” is no whole number` };
}

const units: readonly (readonly [RegExp, number])[] = [
  [/^(m|min|mins|minutes?|minuten?)?$/i, 1],
  [/^(h|hrs?|hours?|std|stunden?)$/i, 60],
  [/^(d|days?|tage?)$/i, 1440],
];

/** Minutes: `15`, `15 min`, `4h`, `1.5 hours`, `1 day`. */
export function minutesCell(text: string): Cell<number> {
  if (text === '') return { value: null };
  const [, number = '', unit = ''] = /^(\d{1,6}(?:[.,]\d{1,3})?)\s*([a-z]*)$/i.exec(text) ?? [];
  const factor = units.find(([words]) => words.test(unit))?.[1];
  const value = Math.round(Number(number.replace(',', '.')) * (factor ?? Number.NaN));
  return number !== '' && value <= 525_600 ? { value } : { fault: `“${text.slice(0, 60)}” is no time of at most a year; write minutes, or 4h, or 1d` };
}
