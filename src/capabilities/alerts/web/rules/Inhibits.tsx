import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { Checkbox, Field, Input } from '#web/ui/Field.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { StatusShape } from '#web/ui/Status.tsx';
import { freshInhibit, labelsIn, type Faults, type Inhibit, type Routing } from './draft.ts';
import { words } from './words.ts';

const text = words.inhibit;

interface InhibitsProps {
  readonly draft: Routing;
  readonly faults: Faults;
  readonly mayChange: boolean;
  readonly onChange: (part: Partial<Routing>) => void;
}

/** Which alerts explain others: by the catalog, and by rules. */
export function Inhibits({ draft, faults, mayChange, onChange }: InhibitsProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const { inhibit, byCatalog } = draft;
  const turn = (id: string) => setOpen(open.has(id) ? new Set([...open].filter((one) => one !== id)) : new Set([...open, id]));
  function add() {
    const fresh = freshInhibit();
    setOpen(new Set([...open, fresh.id]));
    onChange({ inhibit: [...inhibit, fresh] });
  }
  return (
    <Section title={text.title} {...(inhibit.length && { count: inhibit.length })}>
      <p className="dim s13 rsub">{text.sub}</p>
      {mayChange ? (
        <Checkbox label={text.byCatalog} hint={text.byCatalogHint} checked={byCatalog} onChange={(event) => onChange({ byCatalog: event.currentTarget.checked })} />
      ) : (
        <p className="s13">{byCatalog ? text.byCatalogHint : text.byCatalogOff}</p>
      )}
      {inhibit.length ? (
        <ol className="rtree">
          {inhibit.map((rule, place) => (
            <li key={rule.id}>
              <div className="rline">
                <div className="rhead">
                  <div className="grow">
                    <b className="b">{rule.name || words.rules.anonymous}</b>
                    {open.has(rule.id) ? null : (
                      <Said rule={rule} fault={['name', 'source', 'target', 'equal'].map((field) => faults.get(`inhibit.${place}.${field}`)).find(Boolean)} />
                    )}
                  </div>
                  {mayChange ? (
                    <span className="row rdeeds">
                      <Button
                        size="small"
                        aria-expanded={open.has(rule.id)}
                        aria-label={open.has(rule.id) ? words.rules.closeOne(rule.name) : words.rules.editOne(rule.name)}
                        onClick={() => turn(rule.id)}
                      >
                        {open.has(rule.id) ? words.close : words.edit}
                      </Button>
                    </span>
                  ) : null}
                </div>
                {open.has(rule.id) ? (
                  <InhibitFields
                    rule={rule}
                    at={`inhibit.${place}`}
                    faults={faults}
                    onChange={(next) => onChange({ inhibit: inhibit.flatMap((one) => (one.id === rule.id ? (next ?? []) : one)) })}
                  />
                ) : null}
              </div>
            </li>
          ))}
        </ol>
      ) : null}
      {mayChange ? (
        <Button icon={Plus} size="small" onClick={add}>
          {text.add}
        </Button>
      ) : null}
    </Section>
  );
}

/** "While {…} fires, {…} is silent, where host is the same." */
function Said({ rule: { source, target, equal }, fault }: { readonly rule: Inhibit; readonly fault: string | undefined }) {
  const { said } = text;
  return (
    <>
      <p className="s13">
        {said.while} <code>{source || '{}'}</code> {said.fires} <code>{target || '{}'}</code> {said.silent}
        {equal.length ? `, ${said.where} ${equal.join(', ')} ${equal.length === 1 ? said.same : said.sameMany}` : ''}.
      </p>
      {fault ? (
        <span className="err">
          <StatusShape state="critical" />
          {fault}
        </span>
      ) : null}
    </>
  );
}

interface FieldsProps {
  readonly rule: Inhibit;
  readonly at: string;
  readonly faults: Faults;
  /** Null: it is removed. */
  readonly onChange: (rule: Inhibit | null) => void;
}

function InhibitFields({ rule, at, faults, onChange }: FieldsProps) {
  const [labels, setLabels] = useState(() => rule.equal.join(', '));
  return (
    <div className="rfields">
      <Field name={`${at}.name`} label={words.name} error={faults.get(`${at}.name`)}>
        <Input value={rule.name} maxLength={100} autoComplete="off" onChange={(event) => onChange({ ...rule, name: event.currentTarget.value })} />
      </Field>
      {(['source', 'target'] as const).map((side) => (
        <Field key={side} name={`${at}.${side}`} label={text[side]} error={faults.get(`${at}.${side}`)}>
          <Input
            value={rule[side]}
            className="mono"
            maxLength={500}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => onChange({ ...rule, [side]: event.currentTarget.value })}
          />
        </Field>
      ))}
      <Field name={`${at}.equal`} label={text.equal} hint={text.equalHint} error={faults.get(`${at}.equal`)}>
        <Input
          value={labels}
          spellCheck={false}
          onChange={(event) => {
            setLabels(event.currentTarget.value);
            onChange({ ...rule, equal: labelsIn(event.currentTarget.value) });
          }}
        />
      </Field>
      <div className="row">
        <Button size="small" variant="danger" aria-label={`${text.remove}: ${rule.name || words.rules.anonymous}`} onClick={() => onChange(null)}>
          {text.remove}
        </Button>
      </div>
    </div>
  );
}
