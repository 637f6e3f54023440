import { Plus } from 'lucide-react';
import { useState } from 'react';
import { actionKind, type FollowUp } from '#capabilities/followups/contract.ts';
import { send } from '#web/api.ts';
import { searchPeople } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { Badge, StatusText } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { ReviewPage } from '../contract/review.ts';
import { incidentsApi } from './api.ts';
import { personOf, sentence } from './look.tsx';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.review;
const FOR = actionKind.options.map((value) => ({ value, label: text.kinds[value] }));

function Line({ action }: { readonly action: FollowUp }) {
  const day = action.dueOn ? <Time at={`${action.dueOn}T12:00:00Z`} form="day" /> : <span className="dim">{text.noDay}</span>;
  return (
    <li>
      <Link className="b el" href={`/actions/${action.number}`}>
        {action.title}
      </Link>
      <span className="id grow">{action.number}</span>
      {action.owner ? <Person person={personOf(action.owner)} /> : <span className="dim">{words.reviews.nobody}</span>}
      <span className="s12 nw">
        {action.state === 'open' ? (
          action.overdue ? (
            <StatusText state="warning">{day}</StatusText>
          ) : (
            day
          )
        ) : (
          <Badge {...(action.state === 'done' && { state: 'good' as const })}>{sentence(action.state)}</Badge>
        )}
      </span>
    </li>
  );
}

/** What somebody promised to do because of it, with owner and day. */
export function ReviewActions({ page }: { readonly page: ReviewPage }) {
  const { actions, may, review } = page;
  const [adding, setAdding] = useState(false);
  const done = () => setAdding(false);
  return (
    <Section
      title={text.actions}
      {...(actions.length && { count: actions.length })}
      end={
        adding ? null : (
          <Button variant="quiet" size="small" icon={Plus} refused={may.addAction} onClick={() => setAdding(true)}>
            {text.addAction}
          </Button>
        )
      }
    >
      {actions.length ? (
        <ul className="lst">
          {actions.map((action) => (
            <Line key={action.id} action={action} />
          ))}
        </ul>
      ) : adding ? null : (
        <p className="dim s13">{review.noActionReason || text.noActions}</p>
      )}
      {adding ? (
        <div className="addact">
          <RecordForm
            draftKey={`action of ${review.number}`}
            submit={text.add}
            onCancel={done}
            onSubmit={(values) => {
              const [owner, dueOn, finding] = [fieldText(values, 'owner'), fieldText(values, 'dueOn'), fieldText(values, 'finding')];
              const kind = actionKind.catch('prevent').parse(fieldText(values, 'kind'));
              return send(
                incidentsApi.addAction,
                { number: review.number, title: fieldText(values, 'title'), kind, ...(finding && { finding }), ...(owner && { owner }), ...(dueOn && { dueOn }) },
                done,
              );
            }}
          >
            <Field name="title" label={text.actionTitle}>
              <Input required autoFocus autoComplete="off" />
            </Field>
            <div className="duo">
              <Choose name="owner" label={text.owner} optional search={searchPeople} />
              <Field name="dueOn" label={text.due} optional>
                <Input type="date" />
              </Field>
              <Field name="kind" label={text.kind}>
                <Select defaultValue="prevent" options={FOR} />
              </Field>
              <Field name="finding" label={text.against} optional>
                <Select
                  none={text.againstNone}
                  defaultValue={page.findings.length === 1 ? page.findings[0]?.id : ''}
                  options={page.findings.map(({ id, factor }) => ({ value: id, label: factor }))}
                />
              </Field>
            </div>
          </RecordForm>
        </div>
      ) : null}
    </Section>
  );
}
