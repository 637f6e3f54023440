import { useState } from 'react';
import { api, useWrite } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import { Icon } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { Ago } from '#web/ui/Time.tsx';
import { catalog, type GraphNode } from '../../contract/index.ts';
import { pictureOf } from '../look.tsx';
import { words } from '../words.ts';
import type { GraphEdge } from './Edges.tsx';
import { IMPACTS, impactOf } from './impacts.ts';

const text = words.edges;

/** What is known of the edge beside its two ends: who says so, how sure, the note. */
function Known({ edge, isUses }: { readonly edge: GraphEdge; readonly isUses: boolean }) {
  const said = [
    edge.from ? text.from(edge.from.title) : text.sources[edge.source],
    ...(edge.confidence < 100 ? [text.sure(edge.confidence)] : []),
    ...(!isUses && edge.group ? [text.inGroup(edge.group)] : []),
  ].join(', ');
  return (
    <span className="why block">
      {said}
      {edge.source === 'declared' ? null : (
        <>
          , {text.seen} <Ago at={edge.lastSeen} /> ago
        </>
      )}
      {edge.note ? `. ${edge.note}` : ''}
    </span>
  );
}

interface EdgeRowProps {
  readonly edge: GraphEdge;
  /** The record at the other end. */
  readonly other: GraphNode | undefined;
}

/** One dependency: how a failure passes is chosen in place, the rest behind "Change". */
export function EdgeRow({ edge, other }: EdgeRowProps) {
  const { id } = edge;
  const [said, setSaid] = useState<{ readonly group: string; readonly confidence: string; readonly note: string }>();
  const update = useWrite(api(catalog).updateEdge, () => setSaid(undefined));
  const end = useWrite(api(catalog).endEdge);
  const name = other?.name ?? words.unseen;
  const problem = update.problem ?? end.problem;
  return (
    <li className="edgerow">
      <span className="what">
        {other ? <Icon of={pictureOf(other.type)} size={14} /> : null}
        <span>
          {other ? (
            <Link className="b" href={`/${other.kind}s/${other.number}`}>
              {name}
            </Link>
          ) : (
            <b className="b">{name}</b>
          )}
          <Known edge={edge} isUses={other?.id === edge.providerId} />
        </span>
      </span>
      <span className="end">
        <Select
          aria-label={`${text.impact}: ${name}`}
          options={IMPACTS}
          value={edge.impact}
          onChange={(event) => update.act({ id, impact: impactOf(event.currentTarget.value) })}
        />
        <Button
          size="small"
          aria-expanded={Boolean(said)}
          aria-label={`${text.change}: ${name}`}
          onClick={() => setSaid(said ? undefined : { group: edge.group, confidence: String(edge.confidence), note: edge.note })}
        >
          {text.change}
        </Button>
        <Button size="small" variant="quiet" busy={end.busy} aria-label={`${text.end}: ${name}`} onClick={() => end.act({ id })}>
          {text.end}
        </Button>
      </span>
      {problem ? (
        <Note live state="critical">
          {problem.sentence}
        </Note>
      ) : null}
      {said ? (
        <form
          className="edgemore"
          onSubmit={(event) => {
            event.preventDefault();
            update.act({ id, group: said.group, note: said.note, confidence: Number(said.confidence || 100) });
          }}
        >
          <Field name="group" label={text.group}>
            <Input value={said.group} maxLength={80} onChange={(event) => setSaid({ ...said, group: event.currentTarget.value })} />
          </Field>
          <Field name="confidence" label={text.confidence}>
            <Input type="number" min={0} max={100} value={said.confidence} onChange={(event) => setSaid({ ...said, confidence: event.currentTarget.value })} />
          </Field>
          <Field name="note" label={text.note}>
            <Input value={said.note} maxLength={500} onChange={(event) => setSaid({ ...said, note: event.currentTarget.value })} />
          </Field>
          <Button type="submit" variant="primary" busy={update.busy}>
            {words.save}
          </Button>
        </form>
      ) : null}
    </li>
  );
}
