import { ArrowDown, ArrowUp, Blocks, X } from 'lucide-react';
import { useState } from 'react';
import { api, send, useWrite } from '#web/api.ts';
import { Choose } from '#web/record/Choose.tsx';
import { searchCatalog } from '#web/record/choices.tsx';
import { Confirm } from '#web/record/Confirm.tsx';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Checkbox, Field, Input, Select } from '#web/ui/Field.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Empty, Note, Section } from '#web/ui/Parts.tsx';
import { status, type StatusComponent, type StatusPage } from '../contract/index.ts';
import { STATES } from '../rules/states.ts';
import { ComponentStateText } from './look.tsx';
import { words } from './words.ts';

const text = words.parts;
const client = api(status);

interface PartsProps {
  readonly page: StatusPage;
  readonly components: readonly StatusComponent[];
  readonly refused: string | null;
}

/** What outsiders see of the catalog, under the names they know, in the order they read it. */
export function PageParts({ page, components, refused }: PartsProps) {
  const order = useWrite(client.orderComponents);
  const [count, setCount] = useState(0);
  const move = (place: number, by: number) => {
    const ids = components.map(({ id }) => id);
    const [moved] = ids.splice(place, 1);
    if (moved !== undefined) ids.splice(place + by, 0, moved);
    order.act({ number: page.number, version: page.version, ids });
  };
  return (
    <>
      {components.length === 0 ? <Empty icon={Blocks} title={words.page.tabs.parts} sentence={text.none} /> : null}
      {order.problem ? (
        <Note live state="critical">
          {order.problem.sentence}
        </Note>
      ) : null}
      <ul className="plainrows partrows">
        {components.map((component, place) => (
          <Part
            key={component.id}
            page={page}
            component={component}
            refused={refused}
            {...(place > 0 && { onUp: () => move(place, -1) })}
            {...(place < components.length - 1 && { onDown: () => move(place, 1) })}
          />
        ))}
      </ul>
      {refused === null ? (
        <Section title={text.add}>
          <RecordForm
            key={count}
            draftKey={`status-part-${page.number}`}
            submit={text.add}
            onSubmit={(values) => {
              const source = fieldText(values, 'source');
              const named = { name: fieldText(values, 'name'), about: fieldText(values, 'about'), group: fieldText(values, 'group') };
              const input = { number: page.number, version: page.version, ...named, followsChecks: fieldText(values, 'followsChecks') !== '' };
              return send(client.addComponent, { ...input, ...(source && { source }) }, () => setCount(count + 1));
            }}
          >
            <Field name="name" label={text.name}>
              <Input required />
            </Field>
            <Choose name="source" label={text.source} none={text.sourceNone} optional search={searchCatalog} />
            <Field name="about" label={text.about} optional>
              <Input />
            </Field>
            <Field name="group" label={text.group} optional>
              <Input />
            </Field>
            <Checkbox name="followsChecks" value="yes" label={text.follows} />
          </RecordForm>
        </Section>
      ) : null}
    </>
  );
}

interface PartProps extends Pick<PartsProps, 'page' | 'refused'> {
  readonly component: StatusComponent;
  readonly onUp?: () => void;
  readonly onDown?: () => void;
}

function Part({ page, component, refused, onUp, onDown }: PartProps) {
  const change = useWrite(client.changeComponent);
  const [asks, setAsks] = useState(false);
  const [edits, setEdits] = useState(false);
  const remove = useWrite(client.removeComponent, () => setAsks(false));
  const { id, name } = component;
  const where = { number: page.number, id, version: page.version };
  return (
    <li>
      <span className="grow">
        <b className="b">{name}</b> {component.group ? <span className="dim">{component.group}</span> : null}{' '}
        {component.published ? null : <span className="dim">({text.hidden})</span>}
        <span className="why block">
          <ComponentStateText state={component.shown} />
          {component.source ? (
            <>
              {' · '}
              <Link className="l" href={`/records/${component.source.number}`}>
                {component.source.title}
              </Link>
            </>
          ) : null}
        </span>
        {change.problem ? (
          <Note live state="critical">
            {change.problem.sentence}
          </Note>
        ) : null}
      </span>
      {refused === null ? (
        <span className="end partends">
          <Select
            aria-label={text.setBy(name)}
            value={component.byHand}
            options={STATES.map((value) => ({ value, label: words.states[value] }))}
            onChange={(event) => change.act({ ...where, byHand: STATES.find((state) => state === event.currentTarget.value) ?? 'operational' })}
          />
          <Button size="small" aria-label={`${text.edit}: ${name}`} onClick={() => setEdits(true)}>
            {text.edit}
          </Button>
          <Button size="small" onClick={() => change.act({ ...where, published: !component.published })}>
            {component.published ? words.page.hide : words.page.publish}
          </Button>
          {onUp ? <Button size="small" square icon={ArrowUp} aria-label={`${text.up}: ${name}`} onClick={onUp} /> : null}
          {onDown ? <Button size="small" square icon={ArrowDown} aria-label={`${text.down}: ${name}`} onClick={onDown} /> : null}
          <Button size="small" square icon={X} aria-label={`${text.remove}: ${name}`} onClick={() => setAsks(true)} />
          {edits ? <EditPart page={page} component={component} onClose={() => setEdits(false)} /> : null}
          <Confirm
            title={`${text.remove}: ${name}`}
            sub={text.removeSub}
            act={text.remove}
            open={asks}
            onClose={() => setAsks(false)}
            onAct={() => remove.act(where)}
            write={remove}
          />
        </span>
      ) : null}
    </li>
  );
}

function EditPart({ page, component, onClose }: Pick<PartProps, 'page' | 'component'> & { readonly onClose: () => void }) {
  const { id, name, about, group, followsChecks, source } = component;
  return (
    <Dialog title={name} open onClose={onClose}>
      <RecordForm
        draftKey={`status-part-${id}`}
        submit={text.save}
        onSubmit={(values) =>
          send(
            client.changeComponent,
            {
              number: page.number,
              id,
              version: page.version,
              name: fieldText(values, 'name'),
              about: fieldText(values, 'about'),
              group: fieldText(values, 'group'),
              ...(source && { followsChecks: fieldText(values, 'followsChecks') !== '' }),
            },
            onClose,
          )
        }
      >
        <Field name="name" label={text.name}>
          <Input required defaultValue={name} />
        </Field>
        <Field name="about" label={text.about} optional>
          <Input defaultValue={about} />
        </Field>
        <Field name="group" label={text.group} optional>
          <Input defaultValue={group} />
        </Field>
        {source ? <Checkbox name="followsChecks" value="yes" defaultChecked={followsChecks} label={text.follows} /> : null}
      </RecordForm>
    </Dialog>
  );
}
