export interface PersonRef {
  readonly id: string;
  readonly name: string;
}

export type Colour = `c${1 | 2 | 3 | 4 | 5 | 6}`;

/** The series colour of a person, the same on every page: a hash of the id, into c1…c6. */
export function colourOf(id: string): Colour {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash ^= hash >>> 12;
  return `c${(((hash >>> 0) % 6) + 1) as 1 | 2 | 3 | 4 | 5 | 6}`;
}

/** "Anneke Vos" → "AV", "root" → "RO". */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return (last ? (first[0] ?? '') + (last[0] ?? '') : first.slice(0, 2)).toUpperCase();
}

type AvatarProps = { readonly person: PersonRef; readonly size?: 'large' };

export function Avatar({ person, size }: AvatarProps) {
  return (
    <span className={`av ${colourOf(person.id)}${size ? ' l' : ''}`} aria-hidden="true" title={person.name}>
      {initialsOf(person.name)}
    </span>
  );
}

export function Person({ person, you }: { readonly person: PersonRef; readonly you?: boolean }) {
  return (
    <span className="who">
      <Avatar person={person} />
      <span>
        {person.name}
        {you ? <span className="dim"> (you)</span> : null}
      </span>
    </span>
  );
}

/** Up to `most` people as overlapping circles; the names are read out, the rest is counted. */
export function AvatarStack({ people, most = 4 }: { readonly people: readonly PersonRef[]; readonly most?: number }) {
  const rest = people.length - most;
  return (
    <span className="stack" role="img" aria-label={people.map((person) => person.name).join(', ')}>
      {people.slice(0, most).map((person) => (
        <Avatar key={person.id} person={person} />
      ))}
      {rest > 0 ? <span className="av more">+{rest}</span> : null}
    </span>
  );
}

/** Colours for people shown side by side: each keeps its own unless an earlier one already has it. */
export function coloursApart(people: readonly PersonRef[]): ReadonlyMap<string, Colour> {
  const given = new Map<string, Colour>();
  for (const { id } of people) {
    if (given.has(id)) continue;
    const taken = new Set(given.values());
    const own = Number(colourOf(id).slice(1));
    const next = [0, 1, 2, 3, 4, 5].map((step) => `c${((own - 1 + step) % 6) + 1}` as Colour).find((colour) => !taken.has(colour));
    given.set(id, next ?? colourOf(id));
  }
  return given;
}
