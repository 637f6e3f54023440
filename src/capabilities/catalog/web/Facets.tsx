import type { ReactNode } from 'react';
import { people } from '#capabilities/people/contract.ts';
import { useAddress } from '#web/address.ts';
import { api, useRead } from '#web/api.ts';
import { recordChoice, searchTeams } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { Select } from '#web/ui/Field.tsx';
import { lifecycle as lifecycles } from '../contract/index.ts';
import { words } from './words.ts';

const LIFECYCLES = lifecycles.options.map((value) => ({ value, label: words.lifecycles[value] }));
const written = (said: string | undefined) => String(said ?? '');

/** The filters that services and components share, as the address keeps them. */
export function useFacets() {
  const { search } = useAddress();
  const [q, team, tag] = [written(search['q']), written(search['team']), written(search['tag'])];
  const lifecycle = lifecycles.safeParse(search['lifecycle']).data;
  return {
    isAny: Boolean(q || team || tag || lifecycle),
    ask: { ...(q && { q }), ...(team && { team }), ...(tag && { tag: [tag] }), ...(lifecycle && { lifecycle: [lifecycle] }) },
  };
}

/** Search, life cycle, team and tag; `children` are the filters of the one list. */
export function Facets({ children }: { readonly children?: ReactNode }) {
  const { search, keep } = useAddress();
  const [q, team, tag] = [written(search['q']), written(search['team']), written(search['tag'])];
  const named = useRead(api(people).team, { number: team || 'TEAM-0' }, { enabled: Boolean(team) });
  const start = team && named.data ? recordChoice({ ...named.data.team, title: named.data.team.name }) : undefined;
  const keepTag = (said: string) => said.trim().toLowerCase() !== tag && keep({ tag: said.trim().toLowerCase() });
  return (
    <>
      <input
        className="inp findbox"
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        defaultValue={q}
        onChange={(event) => keep({ q: event.currentTarget.value })}
      />
      {children}
      <Select
        aria-label={words.lifecycle}
        none={words.anyLifecycle}
        options={LIFECYCLES}
        value={written(search['lifecycle'])}
        onChange={(event) => keep({ lifecycle: event.currentTarget.value })}
      />
      <Choose
        key={`team ${start?.id ?? ''}`}
        optional
        name="team"
        label={words.team}
        none={words.anyTeam}
        search={searchTeams}
        start={start}
        onChoose={(choice) => keep({ team: choice?.id })}
      />
      <input
        key={`tag ${tag}`}
        className="inp tagbox"
        type="search"
        aria-label={words.tag}
        placeholder={words.tag}
        spellCheck={false}
        autoCapitalize="none"
        defaultValue={tag}
        onBlur={(event) => keepTag(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && keepTag(event.currentTarget.value)}
        onInput={(event) => event.currentTarget.value === '' && keepTag('')}
      />
    </>
  );
}
