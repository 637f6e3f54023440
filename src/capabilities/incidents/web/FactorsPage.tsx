import { Plus, Tags } from 'lucide-react';
import { useState } from 'react';
import { send, useRead, useWrite } from '#web/api.ts';
import { fieldText } from '#web/record/field-text.ts';
import { RecordActions } from '#web/record/RecordActions.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { useMay } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { Crumbs, Empty, Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import { Badge } from '#web/ui/Status.tsx';
import type { Factor } from '../contract.ts';
import '#web/styles/print.css';
import '#web/styles/run.css';
import { incidentsApi } from './api.ts';
import { sentence } from './look.tsx';
import { words } from './words.ts';

const text = words.review;

/** The words by which reviews name what contributed; leads keep the list. */
export default function FactorsPage() {
  const { data, problem, again } = useRead(incidentsApi.factors, {});
  const may = useMay('incidents.factors');
  const [asked, setAsked] = useState<{ readonly factor?: Factor }>();
  const write = useWrite(incidentsApi.writeFactor, () => again());
  const refused = problem ?? write.problem;
  const close = () => setAsked(undefined);
  if (!data) return problem ? <Note state="warning">{problem.sentence}</Note> : <Skeleton width="60%" />;
  return (
    <div className={may ? 'withthumb' : undefined}>
      <Crumbs path={[{ label: words.reviews.title, href: '/reviews' }, { label: text.factorsTitle }]} />
      <div className="listhead">
        <h1>{text.factorsTitle}</h1>
        {may ? <RecordActions actions={[{ label: text.addFactor, icon: Plus, variant: 'primary', onAct: () => setAsked({}) }]} /> : null}
      </div>
      <p className="lead">{text.factorsSub}</p>
      {refused ? <Note state="warning">{refused.sentence}</Note> : null}
      {data.items.length ? null : <Empty icon={Tags} title={text.factorsEmpty} sentence={text.factorsEmptyText} />}
      <div className="sections">
        {[...Map.groupBy(data.items, ({ category }) => category)].map(([category, factors]) => (
          <Section key={category} title={sentence(category)} count={factors.length}>
            <ul className="findings">
              {factors.map((factor) => (
                <li key={factor.name}>
                  <div className="row">
                    <b className="b">{factor.name}</b>
                    {factor.retired ? <Badge>{text.retired}</Badge> : null}
                    {may ? (
                      <span className="row end">
                        <Button size="small" variant="quiet" aria-label={`${text.editFinding}: ${factor.name}`} onClick={() => setAsked({ factor })}>
                          {text.editFinding}
                        </Button>
                        <Button
                          size="small"
                          variant="quiet"
                          aria-label={`${factor.retired ? text.takeUp : text.retire}: ${factor.name}`}
                          busy={write.busy}
                          onClick={() => write.act({ ...factor, retired: !factor.retired })}
                        >
                          {factor.retired ? text.takeUp : text.retire}
                        </Button>
                      </span>
                    ) : null}
                  </div>
                  <p className="s13 dim">{factor.about}</p>
                </li>
              ))}
            </ul>
          </Section>
        ))}
      </div>
      <Dialog title={asked?.factor?.name ?? text.addFactor} open={asked !== undefined} onClose={close}>
        <RecordForm
          draftKey={`factor ${asked?.factor?.name ?? ''}`}
          submit={text.save}
          onCancel={close}
          onSubmit={(values) => {
            const said = { category: fieldText(values, 'category'), about: fieldText(values, 'about'), retired: asked?.factor?.retired ?? false };
            return send(incidentsApi.writeFactor, { ...said, name: asked?.factor?.name ?? fieldText(values, 'name') }, () => (close(), again()));
          }}
        >
          {asked?.factor ? null : (
            <Field name="name" label={text.factorName}>
              <Input required autoFocus autoComplete="off" />
            </Field>
          )}
          <Field name="category" label={text.category}>
            <Input required defaultValue={asked?.factor?.category} autoComplete="off" />
          </Field>
          <Field name="about" label={text.about} optional>
            <Input defaultValue={asked?.factor?.about} autoComplete="off" />
          </Field>
        </RecordForm>
      </Dialog>
    </div>
  );
}
