import { FlaskConical, GitCompareArrows, Megaphone, Plus, Siren, CircleHelp } from 'lucide-react';
import { RecordForm } from '../record/RecordForm.tsx';
import { RecordList } from '../record/RecordList.tsx';
import { LiveRecordPage, RecordPage } from '../record/RecordPage.tsx';
import { Checkbox, Field, Input, Select, Textarea } from '../ui/Field.tsx';
import { Section } from '../ui/Parts.tsx';
import { AvatarStack, Person } from '../ui/People.tsx';
import { RotaBars } from '../ui/RotaBars.tsx';
import { ServiceGraph } from '../ui/ServiceGraph.tsx';
import { Pipeline, Stages } from '../ui/Stages.tsx';
import { Badge, Severity, StatusText, Tier } from '../ui/Status.tsx';
import { Clock } from '../ui/Time.tsx';
import { Composer, Timeline } from '../ui/Timeline.tsx';
import { UptimeBars } from '../ui/UptimeBars.tsx';
import { NOW, anneke, jonas, ines, priya, tomas } from './people.tsx';
import { reasons, uptime, type Line, columns, nothing } from './sample.tsx';
import { at, rota, nodes, edges, timeline, stages } from './pictures.tsx';

export const composer = (
  <Composer
    label="Write to the timeline"
    placeholder="What did you see, try or decide?"
    kinds={[
      { id: 'tested', label: 'Tested', icon: FlaskConical },
      { id: 'unknown', label: 'Unknown', icon: CircleHelp },
    ]}
    onAdd={async () => {}}
  />
);

export const window14 = { from: at('10-18', '22:00'), until: at('11-01', '23:00') };

export function Service() {
  return (
    <RecordPage
      crumbs={[{ label: 'Services', href: '/services' }, { label: 'Shop', href: '/services?group=shop' }, { label: 'payments-api' }]}
      title="payments-api"
      state={
        <>
          <Badge state="critical">Failing</Badge>
          <Tier level={1} />
        </>
      }
      sub="Takes card payments for the web shop and the mobile app and books them in the ERP."
      facts={[
        { label: 'Owner', value: 'Payments team' },
        { label: 'Lead', value: <Person person={priya} /> },
        { label: 'On call now', value: <Person person={jonas} /> },
        {
          label: 'Objective, 30 days',
          value: (
            <>
              <StatusText state="critical">99.71 %</StatusText>
              <span className="dim">of 99.90 %</span>
            </>
          ),
        },
        {
          label: 'Runbook',
          value: (
            <a className="l" href="/runbooks/1">
              Payments are failing
            </a>
          ),
        },
        { label: 'Record reviewed', value: <StatusText state="warning">7 months ago</StatusText> },
      ]}
      actions={[
        { label: 'Plan change', icon: GitCompareArrows },
        { label: 'Declare incident', icon: Siren, refused: 'INC-214 is already open on it' },
        { label: 'Open INC-214', variant: 'primary', href: '/incidents/INC-214' },
      ]}
      wide={
        <Section title="Dependencies" count="13 records, 15 edges">
          <ServiceGraph label="payments-api and what it depends on" middle="payments-api" nodes={nodes} edges={edges} />
        </Section>
      }
      side={
        <Section title="Recent activity">
          {composer}
          <Timeline entries={timeline} />
        </Section>
      }
    >
      <Section title="Rota" count="Europe/Berlin">
        <RotaBars label="Rota of two weeks" window={window14} rows={rota} now={NOW} />
      </Section>
      <Section title="Uptime, 90 days">
        <UptimeBars label="Uptime of the last 90 days" days={uptime(90)} from="23 Jul" summary="99.86 %" />
      </Section>
    </RecordPage>
  );
}

export function Incident() {
  return (
    <LiveRecordPage
      title="Card payments fail for 1 in 5 customers"
      number="INC-214"
      lead={<Severity level={2} />}
      pipeline={<Pipeline steps={['Declared', 'Investigating', 'Mitigating', 'Monitoring', 'Resolved']} current="Mitigating" />}
      roles={[
        { label: 'Commander', value: <Person person={ines} /> },
        { label: 'Operations', value: <Person person={jonas} /> },
        { label: 'Also here', value: <AvatarStack people={[priya, tomas, anneke]} /> },
      ]}
      clocks={
        <>
          <Clock since="2026-10-20T11:49:00Z" />
          <Clock due="2026-10-20T12:40:00Z" />
        </>
      }
      actions={[{ label: 'Escalate' }, { label: 'Resolve', refused: reasons }, { label: 'Post update', icon: Megaphone, variant: 'primary' }]}
      side={
        <>
          {composer}
          <Timeline entries={timeline} />
        </>
      }
    >
      <Section title="What it means">
        <p className="imp prose">
          Since <b>13:49 CEST</b> about <b>one in five card payments</b> in the web shop fails. Bank transfer and invoices work.
        </p>
      </Section>
      <Section title="How it reached you">
        <Stages stages={stages} />
      </Section>
    </LiveRecordPage>
  );
}

export const List = ({ rows }: { readonly rows: readonly Line[] }) => (
  <RecordList
    title="Changes"
    sub="three this week"
    filters={[
      { id: 'open', label: 'Open', count: 3, href: '?show=list' },
      { id: 'all', label: 'All', href: '?show=long' },
    ]}
    filter="open"
    actions={[{ label: 'Import' }, { label: 'Plan change', variant: 'primary', icon: Plus }]}
    columns={columns}
    rows={rows}
    keyOf={(row) => row.id}
    hrefOf={(row) => `/changes/${row.id}`}
    sort={{ by: 'age', down: true }}
    onSort={nothing}
    empty={{ title: 'No change is planned', sentence: 'Plan one here.' }}
    loading={rows.length === 3}
  />
);

export const Form = () => (
  <RecordForm
    title="Declare an incident"
    sub="Say what people notice; the cause can wait."
    draftKey="gallery"
    submit="Declare incident"
    onCancel={nothing}
    onSubmit={async () => ({
      title: 'Two fields need another look.',
      fields: [
        { field: 'title', sentence: 'Say what people notice, in one line.' },
        { field: 'service', sentence: 'Choose a service.' },
      ],
    })}
  >
    <Field name="title" label="Title" hint="What people notice.">
      <Input />
    </Field>
    <Field name="service" label="Service">
      <Select none="Choose a service" options={[{ value: 'SVC-1', label: 'payments-api' }]} />
    </Field>
    <Field name="text" label="What you know" optional>
      <Textarea />
    </Field>
    <Checkbox name="page" label="Page the first on call" defaultChecked />
  </RecordForm>
);
