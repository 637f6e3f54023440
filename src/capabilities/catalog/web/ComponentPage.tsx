import { Archive, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { Badge, StatusText } from '#web/ui/Status.tsx';
import { catalog } from '../contract.ts';
import { ComponentFields } from './ComponentForm.tsx';
import { Dependencies } from './Dependencies.tsx';
import { typeWord } from './look.tsx';
import { words } from './words.ts';

const text = words.service;

function Links({ links }: { readonly links: readonly { readonly label: string; readonly url: string }[] }) {
  if (!links.length) return null;
  return (
    <Section title={words.links}>
      <ul className="lst">
        {links.map(({ label, url }) => (
          <li key={url}>
            <a className="l el" href={url} target="_blank" rel="noreferrer noopener">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export default function ComponentPage() {
  const { number } = useAddress();
  const { data, problem } = useRead(api(catalog).component, { number }, { on: ['edge.'] });
  const { data: impact } = useRead(api(catalog).impact, { number }, { on: ['edge.'] });
  const [asked, setAsked] = useState<'edit' | 'retire'>();
  const retire = useWrite(api(catalog).retireComponent, () => setAsked(undefined));
  useTitle(data?.component.name);
  if (problem) return <Note state="warning">{problem.sentence}</Note>;
  if (!data)
    return (
      <div className="waiting">
        <Skeleton width={220} />
        <Skeleton width="60%" />
        <Skeleton width="95%" />
      </div>
    );
  const { component, may } = data;
  const close = () => setAsked(undefined);
  return (
    <RecordPage
      crumbs={[{ label: words.components.title, href: '/components' }, { label: component.name }]}
      title={component.name}
      number={number}
      state={
        <>
          <Badge>{typeWord(component.type)}</Badge>
          {component.lifecycle === 'live' ? null : <Badge>{words.lifecycles[component.lifecycle]}</Badge>}
        </>
      }
      sub={component.summary}
      facts={[
        {
          label: words.owner,
          value: component.team ? (
            <Link className="l" href={`/teams/${component.team.number}`}>
              {component.team.title}
            </Link>
          ) : (
            <StatusText state="warning">Nobody</StatusText>
          ),
        },
        { label: words.lead, value: component.lead ? <Person person={{ id: component.lead.id, name: component.lead.title }} /> : <span className="dim">–</span> },
        { label: words.address, value: component.address || <span className="dim">–</span> },
      ]}
      actions={[
        { label: text.retire, icon: Archive, refused: may.retireComponent, onAct: () => setAsked('retire') },
        { label: text.edit, icon: Pencil, variant: 'primary', refused: may.updateComponent, onAct: () => setAsked('edit') },
      ]}
      wide={<Dependencies number={number} id={component.id} name={component.name} head="This component" refused={may.addEdge} />}
      side={<RecordSide number={number} />}
    >
      {impact ? (
        <Section title={words.graph.impact} {...(impact.reached.length && { count: impact.reached.length })}>
          {impact.reached.length ? null : <p className="dim s13">{impact.sentence}</p>}
          <ul className="lst">
            {impact.reached.map(({ record, becomes, through }) => (
              <li key={record.id}>
                <span className="stw">
                  <StatusText state={becomes === 'down' ? 'critical' : 'warning'}>{becomes === 'down' ? words.graph.falls : words.graph.suffers}</StatusText>
                </span>
                <Link className="b nw" href={`/records/${record.number}`}>
                  {record.title}
                </Link>
                <span className="dim grow el s12">{through && through.id !== component.id ? `through ${through.title}` : ''}</span>
                <span className="id">{record.number}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Links links={component.links} />
      <Dialog title={text.edit} open={asked === 'edit'} onClose={close}>
        <ComponentFields component={component} onDone={close} onCancel={close} />
      </Dialog>
      <Dialog title={text.retireTitle(component.name)} sub={text.retireText} open={asked === 'retire'} onClose={close}>
        {retire.problem ? (
          <Note live state="critical">
            {retire.problem.sentence}
          </Note>
        ) : null}
        <div className="end">
          <Button variant="danger" busy={retire.busy} onClick={() => retire.act({ number, version: component.version })}>
            {text.retire}
          </Button>
        </div>
      </Dialog>
    </RecordPage>
  );
}
