import { Link2, X } from 'lucide-react';
import { useCallback, useState } from 'react';
import { RELATIONS, records } from '#kernel/records/contract.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { useMay } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { Field, Select } from '#web/ui/Field.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { words } from './words.ts';

type Relation = keyof typeof RELATIONS;
const relations = Object.keys(RELATIONS) as Relation[];

/** Searches records of any kind (or of some kinds) for a Combobox; ids are record numbers. */
export function useRecordSearch(kinds?: readonly string[]): (words: string) => Promise<readonly Choosable[]> {
  const wanted = kinds?.join(',');
  return useCallback(
    async (q: string) => {
      if (!q.trim()) return [];
      const { items } = await api(records).search({ q, ...(wanted && { kind: wanted.split(',') }) });
      return items.map(({ number, title }) => ({ id: number, label: title, detail: number }));
    },
    [wanted],
  );
}

function AddLink({ number, onDone }: { readonly number: string; readonly onDone: () => void }) {
  const search = useRecordSearch();
  const [relation, setRelation] = useState<Relation>('related to');
  const [to, setTo] = useState<Choosable>();
  const link = useWrite(api(records).link, onDone);
  return (
    <div className="inlineform">
      <Field name="relation" label={words.relation}>
        <Select value={relation} onChange={(event) => setRelation(event.currentTarget.value as Relation)} options={relations.map((value) => ({ value, label: value }))} />
      </Field>
      <Field name="to" label={words.to}>
        <Combobox label={words.to} chosen={to} search={search} onChoose={setTo} none={words.toHint} />
      </Field>
      <Button busy={link.busy} onClick={() => to && link.act({ number, relation, to: to.id })}>
        {words.link}
      </Button>
      <Button variant="quiet" onClick={onDone}>
        {words.cancel}
      </Button>
      {link.problem ? (
        <Note live state="critical">
          {link.problem.sentence}
        </Note>
      ) : null}
    </div>
  );
}

/** Records linked with this one, in both directions, and a way to link another. */
export function RecordLinks({ number }: { readonly number: string }) {
  const { data } = useRead(api(records).links, { number });
  const may = useMay('records.link');
  const [adding, setAdding] = useState(false);
  const unlink = useWrite(api(records).unlink);
  const items = data?.items ?? [];
  return (
    <Section
      title={words.links}
      {...(items.length && { count: items.length })}
      end={
        may && !adding ? (
          <Button variant="quiet" size="small" icon={Link2} onClick={() => setAdding(true)}>
            {words.addLink}
          </Button>
        ) : null
      }
    >
      {items.length ? (
        <ul className="lst">
          {items.map(({ relation, record }) => (
            <li key={`${relation} ${record.number}`}>
              <span className="dim nw">{relation}</span>
              <Link className="l el" href={`/records/${record.number}`}>
                {record.title}
              </Link>
              <span className="id grow">{record.number}</span>
              {may && relation in RELATIONS ? (
                <Button
                  variant="quiet"
                  size="small"
                  square
                  icon={X}
                  aria-label={`${words.remove} ${record.number}`}
                  onClick={() => unlink.act({ number, relation: relation as Relation, to: record.number })}
                />
              ) : null}
            </li>
          ))}
        </ul>
      ) : adding ? null : (
        <p className="dim s12">{words.noLinks}</p>
      )}
      {unlink.problem ? (
        <Note live state="critical">
          {unlink.problem.sentence}
        </Note>
      ) : null}
      {adding ? <AddLink number={number} onDone={() => setAdding(false)} /> : null}
    </Section>
  );
}
