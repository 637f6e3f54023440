import { UserPlus } from 'lucide-react';
import { useMe } from '#web/session.ts';
import { Icon } from '#web/ui/Icon.tsx';
import type { Fact } from '#web/ui/Parts.tsx';
import { AvatarStack, Person } from '#web/ui/People.tsx';
import { ROLES, type IncidentPage } from '../contract.ts';
import type { Asked } from './Ask.tsx';
import { personOf } from './look.tsx';
import { words } from './words.ts';

/** Commander, operations, communication, and who else is here; each opens its question. */
export function useRoles(page: IncidentPage | undefined, ask: (asked: Asked) => void): readonly Fact[] {
  const { person } = useMe();
  if (!page) return [];
  const { incident, may } = page;
  const held = ROLES.filter((role) => role !== 'scribe' || incident.roles.scribe);
  const facts = held.map((role): Fact => {
    const holder = incident.roles[role];
    const shown = holder ? <Person person={personOf(holder)} you={holder.id === person?.id} /> : <span className="vacant">{words.nobody}</span>;
    return {
      label: words.roles[role],
      value: may.assign ? (
        shown
      ) : (
        <button type="button" className="rolebtn" onClick={() => ask({ about: 'role', role })}>
          {shown}
          <span className="sr">. {words.ask.roleTitle}</span>
        </button>
      ),
    };
  });
  const here = incident.participants.map(personOf);
  const also: Fact = {
    label: words.page.also,
    value: (
      <button type="button" className="rolebtn" onClick={() => ask({ about: 'here' })}>
        {here.length ? <AvatarStack people={here} /> : null}
        <Icon of={UserPlus} size={14} />
        <span className="sr">{words.page.bring}</span>
      </button>
    ),
  };
  return may.assign && !here.length ? facts : [...facts, also];
}
