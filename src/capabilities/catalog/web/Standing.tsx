import { Link } from '#web/ui/Link.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { StatusIcon } from '#web/ui/Status.tsx';
import type { Health } from '../contract/index.ts';
import { words } from './words.ts';

const text = words.service;

/** Everything that says how the service stands, worst first; nothing when all is well. */
export function Standing({ facts }: { readonly facts: readonly Health[] }) {
  const bad = facts.filter(({ state }) => state !== 'good');
  if (!bad.length) return null;
  return (
    <Section title={text.facts} count={bad.length}>
      <ul className="lst">
        {bad.map(({ state, words: said, record }, at) => (
          <li key={`${record?.number ?? ''}${at}`}>
            <StatusIcon small state={state} word={words.health[state]} />
            {record ? (
              <Link className="l grow el" href={`/records/${record.number}`}>
                {said}
              </Link>
            ) : (
              <span className="grow">{said}</span>
            )}
            {record ? <span className="id">{record.number}</span> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
