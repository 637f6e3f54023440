import { Archive, Pencil, Siren } from 'lucide-react';
import { useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { Confirm } from '#web/record/Confirm.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { OnCallOf, OpenAlerts, OwnChecks, OwnSlos, PolicyOf } from '#web/panels.tsx';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import { type Action } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { type Fact } from '#web/ui/Parts.tsx';
import { Badge, Tier } from '#web/ui/Status.tsx';
import { catalog, type Health, type Service } from '../contract/index.ts';
import { Dependencies } from './Dependencies.tsx';
import { Edges } from './edges/Edges.tsx';
import { Agreed, linkFacts, MergedInto, ownerFacts } from './facts.tsx';
import { History } from './History.tsx';
import { HealthBadge } from './look.tsx';
import { Panels } from './Panels.tsx';
import { ScorecardPanel } from './scorecard/ScorecardPanel.tsx';
import { ServiceFields } from './ServiceForm.tsx';
import { Standing } from './Standing.tsx';
import { useTold } from './told.tsx';
import { words } from './words.ts';

const text = words.service;

function factsOf(service: Service): readonly Fact[] {
  return [
    ...ownerFacts(service),
    { label: text.onCall, value: <OnCallOf number={service.number} /> },
    { label: text.policy, value: <PolicyOf number={service.number} /> },
    { label: text.users, value: <span className="num">{service.usersAffected?.toLocaleString('en-GB') ?? 'not said'}</span> },
    ...linkFacts(service),
  ];
}

/** What most people should do now: open what is known already, else declare. */
function firstOf(facts: readonly Health[], number: string): readonly Action[] {
  const of = (kind: string) => facts.find(({ record }) => record?.kind === kind)?.record;
  const incident = of('incident');
  const open = incident ?? of('alert');
  const declare: Action = { label: text.declare, icon: Siren, href: `/incidents/new?service=${number}` };
  if (!open) return [{ ...declare, variant: 'primary' }];
  return [declare, { label: text.open(open.number), variant: 'primary', href: `/records/${open.number}` }];
}

export default function ServicePage() {
  const { number } = useAddress();
  const { data, problem } = useRead(api(catalog).get, { number }, { on: ['alert.', 'check.', 'incident.', 'edge.'] });
  const [asked, setAsked] = useState<'edit' | 'retire' | 'edges'>();
  const close = () => setAsked(undefined);
  const retire = useWrite(api(catalog).retire, close);
  const told = useTold(number);
  useTitle(data?.service.name);
  if (!data) return <RecordWaiting problem={problem} />;
  const { service, facts, may } = data;
  return (
    <RecordPage
      crumbs={[{ label: words.list.title, href: '/services' }, { label: service.name }]}
      title={service.name}
      number={number}
      state={
        <>
          <HealthBadge health={service.health} />
          <Tier level={service.tier} />
          {service.lifecycle === 'live' ? null : <Badge>{words.lifecycles[service.lifecycle]}</Badge>}
        </>
      }
      sub={service.summary}
      facts={factsOf(service)}
      actions={[
        { label: text.edit, icon: Pencil, refused: may.update, onAct: () => setAsked('edit') },
        { label: text.retire, icon: Archive, refused: may.retire, onAct: () => setAsked('retire') },
        ...firstOf(facts, number),
      ]}
      wide={
        <>
          <MergedInto record={service.mergedInto} />
          <Dependencies number={number} id={service.id} name={service.name} head="This service" refused={may.addEdge} onEdit={() => setAsked('edges')} />
        </>
      }
      side={
        <>
          <Agreed service={service} />
          <RecordSide number={number} describe={told} />
        </>
      }
    >
      <Standing facts={facts.filter(({ record }) => record?.kind !== 'alert')} />
      <OpenAlerts number={number} />
      <OwnChecks number={number} />
      <OwnSlos number={number} />
      {service.lifecycle === 'retired' ? null : (
        <>
          <Panels number={number} refused={may.addEdge} onEdit={() => setAsked('edges')} />
          <ScorecardPanel number={number} />
        </>
      )}
      <History number={number} />
      {asked === 'edges' ? <Edges number={number} id={service.id} name={service.name} onClose={close} /> : null}
      <Dialog title={`${text.edit} ${service.name}`} open={asked === 'edit'} onClose={close}>
        <ServiceFields service={service} onDone={close} onCancel={close} />
      </Dialog>
      <Confirm
        title={text.retireTitle(service.name)}
        sub={text.retireText}
        act={text.retire}
        open={asked === 'retire'}
        onClose={close}
        write={retire}
        onAct={() => retire.act({ number, version: service.version })}
      />
    </RecordPage>
  );
}
