import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useWrite, type Api } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Select } from '#web/ui/Field.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import type { Contact, notify } from '../contract.ts';
import { When } from './When.tsx';
import { words } from './words.ts';

interface Rule {
  readonly contact: string;
  readonly delayMinutes: number;
}

const DELAYS = [0, 1, 2, 3, 5, 10, 15, 20, 30, 60];

interface RulesProps {
  readonly client: Api<typeof notify>;
  readonly contacts: readonly Contact[];
  readonly urgency: 'high' | 'low';
  readonly stored: readonly Rule[];
}

/** On which contact to be told when; kept only when saved. */
export function Rules({ client, contacts, urgency, stored }: RulesProps) {
  const [drawn, setDrawn] = useState<readonly Rule[]>();
  const rules = drawn ?? stored;
  const save = useWrite(client.setRules, () => setDrawn(undefined));
  const change = (at: number, next: Partial<Rule>) => setDrawn(rules.map((rule, index) => (index === at ? { ...rule, ...next } : rule)));
  const options = contacts.map(({ id, label }) => ({ value: id, label }));
  return (
    <Section title={words.rules[urgency]}>
      <When rules={rules} contacts={contacts} />
      <ul className="plainrows">
        {rules.map((rule, at) => (
          <li key={at}>
            <span className="ruleline">
              {words.tell}
              <Select aria-label={words.tell} value={rule.contact} options={options} onChange={(event) => change(at, { contact: event.currentTarget.value })} />
              <Select
                aria-label={words.after}
                value={String(rule.delayMinutes)}
                options={DELAYS.map((minutes) => ({ value: String(minutes), label: words.at(minutes) }))}
                onChange={(event) => change(at, { delayMinutes: Number(event.currentTarget.value) })}
              />
            </span>
            <Button size="small" variant="quiet" square icon={X} aria-label={`${words.remove}: ${at + 1}`} onClick={() => setDrawn(rules.filter((_, index) => index !== at))} />
          </li>
        ))}
      </ul>
      {save.problem ? (
        <Note live state="critical">
          {save.problem.sentence}
        </Note>
      ) : null}
      <div className="inlineform">
        <Button icon={Plus} variant="quiet" onClick={() => setDrawn([...rules, { contact: contacts[0]?.id ?? 'email', delayMinutes: 5 }])}>
          {words.addRule}
        </Button>
        {drawn ? (
          <Button variant="primary" busy={save.busy} onClick={() => save.act({ urgency, rules: [...drawn] })}>
            {words.saveRules}
          </Button>
        ) : null}
      </div>
    </Section>
  );
}
