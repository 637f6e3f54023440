import { Archive, Pencil, Siren } from 'lucide-react';
import { useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { OnCallOf, OpenAlerts, OwnChecks, PolicyOf } from '#web/panels.tsx';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import { Button, type Action } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note, Skeleton, type Fact } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { Badge, StatusText, Tier } from '#web/ui/Status.tsx';
import { catalog, type Health, type Service } from '../contract.ts';
import { Dependencies } from './Dependencies.tsx';
import { HealthBadge } from './look.tsx';
import { ServiceFields } from './ServiceForm.tsx';
import { Standing } from './Standing.tsx';
import { words } from './words.ts';

const text = words.service;

function factsOf(service: Service): readonly Fact[] {
  const [link, ...links] = service.links;
  return [
    {
      label: words.owner,
      value: service.team ? (
        <Link className="l" href={`/teams/${service.team.number}`}>
          {service.team.title}
        </Link>
      ) : (
        <StatusText state="warning">Nobody</StatusText>
      ),
    },
    { label: words.lead, value: service.lead ? <Person person={{ id: service.lead.id, name: service.lead.title }} /> : <span className="dim">–</span> },
    { label: text.onCall, value: <OnCallOf number={service.number} /> },
    { label: text.policy, value: <PolicyOf number={service.number} /> },
    { label: text.users, value: <span className="num">{service.usersAffected?.toLocaleString('en-GB') ?? 'not said'}</span> },
    ...(link
      ? [
          {
            label: links.length ? words.links : link.label,
            value: (
              <>
                {[link, ...links].map(({ label, url }, at) => (
                  <span key={url}>
                    {at ? ', ' : ''}
                    <a className="l" href={url} target="_blank" rel="noreferrer noopener">
                      {links.length ? label : 'Open'}
                    </a>
                  </span>
                ))}
              </>
            ),
          },
        ]
      : []),
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
  const [asked, setAsked] = useState<'edit' | 'retire'>();
  const retire = useWrite(api(catalog).retire, () => setAsked(undefined));
  useTitle(data?.service.name);
  if (problem) return <Note state="warning">{problem.sentence}</Note>;
  if (!data)
    return (
      <div className="waiting">
        <Skeleton width={220} />
        <Skeleton width="60%" />
        <Skeleton width="95%" />
      </div>
    );
  const { service, facts, may } = data;
  const close = () => setAsked(undefined);
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
      wide={<Dependencies number={number} id={service.id} name={service.name} head="This service" refused={may.addEdge} />}
      side={<RecordSide number={number} />}
    >
      <Standing facts={facts.filter(({ record }) => record?.kind !== 'alert')} />
      <OpenAlerts number={number} />
      <OwnChecks number={number} />
      <Dialog title={text.edit} open={asked === 'edit'} onClose={close}>
        <ServiceFields service={service} onDone={close} onCancel={close} />
      </Dialog>
      <Dialog title={text.retireTitle(service.name)} sub={text.retireText} open={asked === 'retire'} onClose={close}>
        {retire.problem ? (
          <Note live state="critical">
            {retire.problem.sentence}
          </Note>
        ) : null}
        <div className="end">
          <Button variant="danger" busy={retire.busy} onClick={() => retire.act({ number, version: service.version })}>
            {text.retire}
          </Button>
        </div>
      </Dialog>
    </RecordPage>
  );
}
