import { Archive, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { Confirm } from '#web/record/Confirm.tsx';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { catalog, type Component } from '../contract/index.ts';
import { ComponentFields } from './ComponentForm.tsx';
import { Dependencies } from './Dependencies.tsx';
import { Edges } from './edges/Edges.tsx';
import { linkFacts, MergedInto, ownerFacts, Tags } from './facts.tsx';
import { History } from './History.tsx';
import { typeWord } from './look.tsx';
import { Panels } from './Panels.tsx';
import { useTold } from './told.tsx';
import { words } from './words.ts';

const text = words.service;

const factsOf = (component: Component) => [
  ...ownerFacts(component),
  ...(component.address ? [{ label: words.address, value: component.address }] : []),
  ...(component.cloudId ? [{ label: words.cloudId, value: <code className="whole">{component.cloudId}</code> }] : []),
  ...(component.tags.length ? [{ label: words.tags, value: <Tags tags={component.tags} list="/components" /> }] : []),
  ...linkFacts(component),
];

export default function ComponentPage() {
  const { number } = useAddress();
  const { data, problem } = useRead(api(catalog).component, { number }, { on: ['edge.'] });
  const [asked, setAsked] = useState<'edit' | 'retire' | 'edges'>();
  const close = () => setAsked(undefined);
  const retire = useWrite(api(catalog).retireComponent, close);
  const told = useTold(number);
  useTitle(data?.component.name);
  if (!data) return <RecordWaiting problem={problem} />;
  const { component, may } = data;
  const { id, name, version } = component;
  return (
    <RecordPage
      crumbs={[{ label: words.components.title, href: '/components' }, { label: name }]}
      title={name}
      number={number}
      state={
        <>
          <Badge>{typeWord(component.type)}</Badge>
          {component.lifecycle === 'live' ? null : <Badge>{words.lifecycles[component.lifecycle]}</Badge>}
        </>
      }
      sub={component.summary}
      facts={factsOf(component)}
      actions={[
        { label: text.retire, icon: Archive, refused: may.retireComponent, onAct: () => setAsked('retire') },
        { label: text.edit, icon: Pencil, variant: 'primary', refused: may.updateComponent, onAct: () => setAsked('edit') },
      ]}
      wide={
        <>
          <MergedInto record={component.mergedInto} />
          <Dependencies number={number} id={id} name={name} head="This component" refused={may.addEdge} onEdit={() => setAsked('edges')} />
        </>
      }
      side={<RecordSide number={number} describe={told} />}
    >
      {component.lifecycle === 'retired' ? null : <Panels number={number} refused={may.addEdge} onEdit={() => setAsked('edges')} />}
      <History number={number} />
      {asked === 'edges' ? <Edges number={number} id={id} name={name} onClose={close} /> : null}
      <Dialog title={`${text.edit} ${name}`} open={asked === 'edit'} onClose={close}>
        <ComponentFields component={component} onDone={close} onCancel={close} />
      </Dialog>
      <Confirm
        title={text.retireTitle(name)}
        sub={text.retireText}
        act={text.retire}
        open={asked === 'retire'}
        onClose={close}
        write={retire}
        onAct={() => retire.act({ number, version })}
      />
    </RecordPage>
  );
}
