import { X } from 'lucide-react';
import { useState } from 'react';
import { api } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { Field } from '#web/ui/Field.tsx';
import { useForm } from '#web/ui/problem.ts';
import { checks, type Check } from '../contract/index.ts';
import { words } from './words.ts';

const text = words.form;
const NAME = 'parents';

/** The numbers that a form with this field sends. */
export const parentsOf = (sent: string): string[] => sent.split(' ').filter(Boolean);

async function searchChecks(q: string): Promise<readonly Choosable[]> {
  const { items } = await api(checks).list({ limit: 12, ...(q.trim() && { q: q.trim() }) });
  return items.map(({ number, name, target }) => ({ id: number, label: name, detail: target }));
}

function Chosen({ start, own }: { readonly start: readonly Choosable[]; readonly own: string | undefined }) {
  const draft = useForm()?.draft.get(NAME);
  const [all, setAll] = useState<readonly Choosable[]>(() => (draft === undefined ? start : parentsOf(draft).map((id) => start.find((one) => one.id === id) ?? { id, label: id })));
  return (
    <>
      {all.length ? (
        <ul className="chiplist" aria-label={text.parents}>
          {all.map(({ id, label }) => (
            <li key={id} className="tag">
              {label}
              <Button variant="quiet" size="small" square icon={X} aria-label={text.parentDrop(label)} onClick={() => setAll(all.filter((one) => one.id !== id))} />
            </li>
          ))}
        </ul>
      ) : null}
      <Combobox
        label={text.parents}
        none={text.parentAdd}
        search={async (q) => (await searchChecks(q)).filter(({ id }) => id !== own && !all.some((one) => one.id === id))}
        onChoose={(choice) => choice && setAll([...all, choice])}
      />
      <input type="hidden" name={NAME} value={all.map(({ id }) => id).join(' ')} />
    </>
  );
}

/** The checks that this one depends on. */
export function ParentsField({ check }: { readonly check: Check | undefined }) {
  const start = (check?.parents ?? []).map(({ number, title }) => ({ id: number, label: title, detail: number }));
  const wrong = useForm()?.errors.get(NAME);
  return (
    // The search box sends what it holds under its own name.
    <Field name={`${NAME}Search`} label={text.parents} hint={text.parentsHint} optional {...(wrong && { error: wrong })}>
      <Chosen start={start} own={check?.number} />
    </Field>
  );
}
