import { CalendarClock } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { ThemeToggle } from '../shell/ThemeToggle.tsx';
import { Button } from '../ui/Button.tsx';
import { Distribution, PercentileStrip } from '../ui/Distribution.tsx';
import { Checkbox, Field, Input, Select } from '../ui/Field.tsx';
import { Banner, Empty, Facts, Note, Section } from '../ui/Parts.tsx';
import { AvatarStack, Person } from '../ui/People.tsx';
import { Sparkline } from '../ui/Sparkline.tsx';
import { Stages } from '../ui/Stages.tsx';
import { Badge, Severity, Tier } from '../ui/Status.tsx';
import { Segmented, Tabs } from '../ui/Tabs.tsx';
import { Clock, In, Time } from '../ui/Time.tsx';
import { UptimeBars } from '../ui/UptimeBars.tsx';
import { NOW, anneke, jonas, ines, priya, tomas, mara, daniel } from './people.tsx';
import { reasons, uptime, nothing } from './sample.tsx';
import { stages } from './pictures.tsx';

const Combobox = lazy(async () => ({ default: (await import('../ui/Combobox.tsx')).Combobox }));
const Dialog = lazy(async () => ({ default: (await import('../ui/Dialog.tsx')).Dialog }));

export function Parts() {
  const [picked, setPicked] = useState<{ id: string; label: string }>();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <h1>Components</h1>
      <p className="mut">Every part with all its states. Copy from here.</p>
      <div
        style={{
          display: 'grid',
          gap: 28,
          gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))',
          marginTop: 16,
        }}
        className="galleryparts"
      >
        <Section title="Buttons">
          <div className="row" style={{ flexWrap: 'wrap' }}>
            <Button variant="primary">Acknowledge</Button>
            <Button>Plan change</Button>
            <Button variant="quiet">Cancel</Button>
            <Button variant="danger" onClick={() => setAsking(true)}>
              Delete rota
            </Button>
            <Button variant="primary" size="small">
              Small
            </Button>
            <Button size="small">Small</Button>
            <Button className="is-focus">Focused</Button>
          </div>
        </Section>
        <Section title="Refused action">
          <div className="row" style={{ marginBottom: 96, paddingLeft: 160 }}>
            <Button refused={reasons} id="refused">
              Resolve
            </Button>
            <Button refused="you cannot approve your own change">Approve</Button>
          </div>
        </Section>
        <Section title="Severity">
          <div className="row">
            <Severity level={1} />
            <Severity level={2} />
            <Severity level={3} />
            <Severity level={4} />
          </div>
        </Section>
        <Section title="State and tier">
          <div className="row" style={{ flexWrap: 'wrap' }}>
            <Badge state="critical">Failing</Badge>
            <Badge state="warning">Impaired</Badge>
            <Badge state="good">Verified</Badge>
            <Badge state="info">In progress</Badge>
            <Badge state="unknown">No data</Badge>
            <Tier level={1} />
            <Badge>Draft</Badge>
          </div>
        </Section>
        <Section title="Clocks">
          <div className="row" style={{ flexWrap: 'wrap' }}>
            <Clock since="2026-10-20T11:49:00Z" />
            <Clock due="2026-10-20T12:40:00Z" />
            <Clock due="2026-10-20T12:24:15Z" />
            <Time at={NOW} form="full" />
            <span className="num">
              <In at="2026-10-20T12:34:12Z" />
            </span>
          </div>
        </Section>
        <Section title="People">
          <div className="row" style={{ flexWrap: 'wrap' }}>
            <Person person={anneke} you />
            <Person person={jonas} />
            <Person person={ines} />
            <AvatarStack people={[priya, tomas, mara, daniel, ines, jonas]} />
          </div>
        </Section>
        <Section title="Tabs">
          <Tabs
            label="Example"
            current="a"
            tabs={[
              { id: 'a', label: 'Overview', href: '#a' },
              { id: 'b', label: 'Dependencies', href: '#b', count: 13 },
              { id: 'c', label: 'Scorecard', href: '#c', count: '5 of 8' },
            ]}
          />
        </Section>
        <Section title="Filter and theme">
          <div className="row" style={{ flexWrap: 'wrap' }}>
            <Segmented
              label="Whose work"
              current="m"
              choices={[
                { id: 'm', label: 'Mine', count: 8 },
                { id: 't', label: 'My teams', count: 14 },
                { id: 'e', label: 'Everyone', count: 37 },
              ]}
            />
            <ThemeToggle />
          </div>
        </Section>
        <Section title="Field">
          <div style={{ display: 'grid', gap: 12 }}>
            <Field name="title" label="Title" hint="What people will notice, in one line.">
              <Input defaultValue="Replace sw-core-2" />
            </Field>
            <Field name="until" label="Until" error="Until is before From.">
              <Input defaultValue="Sat 31 Oct, 09:00 CET" />
            </Field>
            <Field name="who" label="Who takes over" optional>
              <Suspense>
                <Combobox label="People" chosen={picked} onChoose={setPicked} search={findPeople} none="Choose a person" />
              </Suspense>
            </Field>
            <Field name="risk" label="Risk">
              <Select
                options={[
                  { value: 'low', label: 'Low' },
                  { value: 'high', label: 'High' },
                ]}
                none="Choose"
              />
            </Field>
            <Checkbox label="Tell the followers" hint="They get one mail." defaultChecked />
          </div>
        </Section>
        <Section title="Uptime and sparkline">
          <UptimeBars label="Uptime of the last 60 days" days={uptime(60)} from="21 Aug" summary="99.86 % · 3 h 1 min down" />
          <Sparkline
            label="Connections, threshold 190, now 198"
            values={[120, 126, 124, 130, 128, 132, 150, 176, 184, 188, 192, 198]}
            threshold={190}
            ticks={['13:27', '13:57', '14:27']}
          />
        </Section>
        <Section title="Distribution">
          <Distribution
            label="Time to acknowledge"
            highlight="4 min"
            bins={['1 min', '2 min', '3 min', '4 min', '5 min', '6 min', '7 min'].map((label, n) => ({
              label,
              count: [3, 9, 14, 11, 6, 2, 1][n] ?? 0,
            }))}
          />
          <PercentileStrip label="Time to resolve" p5={9} p50={38} p95={140} most={180} say={(value) => `${value} min`} />
        </Section>
        <Section title="Notes, banner, empty">
          <div style={{ display: 'grid', gap: 8 }}>
            <Note state="critical">Nobody is on call on Saturday night.</Note>
            <Note state="unknown">No data for 3 d. Last seen Sat 17 Oct, 14:02 CEST.</Note>
            <Banner end={<Button size="small">Try again</Button>}>Offline since 14:22 CEST. What you type is kept.</Banner>
            <Empty
              icon={CalendarClock}
              title="No change is planned"
              sentence="Plan one here, or import them from your calendar."
              first={{ label: 'Plan change', onAct: nothing }}
            />
          </div>
        </Section>
        <Section title="How it reached you" count="8 stages, 7 s to the first page">
          <Stages stages={stages} />
        </Section>
        <Section title="Facts">
          <Facts
            facts={[
              {
                label: 'Component',
                value: (
                  <>
                    <a className="l" href="/services/erp-db">
                      erp-db
                    </a>
                    <Tier level={1} />
                  </>
                ),
              },
              { label: 'Felt by', value: 'Customers, Finance' },
              { label: 'Fingerprint', value: <code>9f3c·e1a0</code> },
            ]}
          />
        </Section>
      </div>
      <Suspense>
        <Dialog open={asking} onClose={() => setAsking(false)} title="Delete the rota Infrastructure?" sub="Nobody will be paged by it. Its history stays.">
          <div className="row">
            <Button variant="danger" onClick={() => setAsking(false)}>
              Delete rota
            </Button>
            <Button variant="quiet" onClick={() => setAsking(false)}>
              Keep it
            </Button>
          </div>
        </Dialog>
      </Suspense>
    </>
  );
}

export const findPeople = async (words: string) =>
  [anneke, jonas, ines, priya].filter((each) => each.name.toLowerCase().includes(words.toLowerCase())).map((each) => ({ id: each.id, label: each.name }));
