import { Plus, Trash2 } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, send, useRead, useWrite } from '#web/api.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Crumbs, Note, Section } from '#web/ui/Parts.tsx';
import { AvatarStack } from '#web/ui/People.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { useNow } from '#web/ui/now.ts';
import { rotas } from '../contract/index.ts';
import { drafted, LOOKS, windowShown, type Look } from './draft.ts';
import { layerOf, namedAsHere, type Layer, type LayerInput, type Rota } from './layer-values.ts';
import { LayerFields } from './LayerFields.tsx';
import { Carry, LayerPreview } from './LayerPreview.tsx';
import { rhythmOf } from './rhythm.ts';
import type { Shifts } from './rows.ts';
import { words } from './words.ts';

const text = words.layer;
const CHOICES = LOOKS.map((id) => ({ id, label: text.editor[id] }));

/** The layers of a rota and what a change of one does, before it is saved. */
export default function LayersPage() {
  const { number } = useAddress();
  const { data, problem } = useRead(api(rotas).get, { number }, { on: ['rota.'] });
  const now = useNow('minute');
  const [look, setLook] = useState<Look>('four');
  const zone = data?.rota.zone ?? 'UTC';
  const window = windowShown(look, zone, now);
  const { data: shifts } = useRead(
    api(rotas).shifts,
    { number, from: new Date(window.from).toISOString(), until: new Date(window.until).toISOString() },
    { enabled: Boolean(data), on: ['rota.'] },
  );
  useTitle(data && text.editor.title(data.rota.name));
  if (!data) return <RecordWaiting problem={problem} />;
  return <Editor key={`${data.rota.number} ${data.rota.version}`} rota={data.rota} refused={data.may.update} shifts={shifts} window={window} look={look} onLook={setLook} />;
}

interface EditorProps {
  readonly rota: Rota;
  readonly refused: string | null;
  readonly shifts: Shifts | undefined;
  readonly window: { readonly from: number; readonly until: number };
  readonly look: Look;
  readonly onLook: (look: Look) => void;
}

function Editor({ rota, refused, shifts, window, look, onLook }: EditorProps) {
  const now = useNow('minute');
  const [open, setOpen] = useState<Layer | 'new' | undefined>(rota.layers.length === 1 ? rota.layers[0] : undefined);
  const [input, setInput] = useState<LayerInput>();
  const chosen = useRef(new Map<string, string>());
  const names = new Map([...rota.layers.flatMap(({ people }) => people.flat().map((person): [string, string] => [person.id, person.title])), ...chosen.current]);
  for (const { people } of shifts?.result ?? []) for (const person of people) names.set(person.id, person.title);
  const before = open === 'new' ? undefined : open;
  const shown = useDeferredValue(input);
  const { from, until } = window;
  const made = useMemo(() => drafted({ rota, shifts, before, input: shown }, { window: { from, until }, now }), [rota, shifts, before, shown, from, until, now]);
  function choose(layer: Layer | 'new' | undefined) {
    setOpen(layer);
    setInput(undefined);
  }
  return (
    <>
      <Crumbs path={[{ label: words.title, href: '/on-call' }, { label: rota.name, href: `/on-call/${rota.number}` }, { label: text.title }]} />
      <div className="listhead">
        <h1>{text.editor.title(rota.name)}</h1>
        <Segmented label={text.editor.show} choices={CHOICES} current={look} onChoose={(id) => onLook(LOOKS.find((each) => each === id) ?? 'four')} />
      </div>
      <p className="lead">{text.editor.sub}</p>
      {refused ? <Note state="warning">{refused}</Note> : null}
      <div className="layershown">
        {made ? (
          <LayerPreview rota={rota} made={made} window={window} now={now} names={names} rhythm={shown && rhythmOf({ ...shown, length: shown.length ?? 1 })} />
        ) : (
          <Note state="unknown">{text.editor.incomplete}</Note>
        )}
      </div>
      <div className="layered">
        <div className="stack16">
          <LayerList rota={rota} open={open} refused={refused} onOpen={choose} />
          {made?.preview.people.length ? <Carry people={made.preview.people} names={names} /> : null}
        </div>
        {open && !refused ? (
          <Section title={before ? text.editTitle : text.addTitle}>
            <LayerForm
              key={before?.id ?? 'new'}
              rota={rota}
              layer={before}
              onInput={setInput}
              onDone={() => choose(undefined)}
              onChoose={({ id, label }) => chosen.current.set(id, label)}
            />
          </Section>
        ) : null}
      </div>
    </>
  );
}

interface LayerListProps {
  readonly rota: Rota;
  readonly open: Layer | 'new' | undefined;
  readonly refused: string | null;
  readonly onOpen: (layer: Layer | 'new') => void;
}

function LayerList({ rota, open, refused, onOpen }: LayerListProps) {
  const remove = useWrite(api(rotas).removeLayer);
  const [asked, setAsked] = useState<string>();
  return (
    <Section
      title={text.title}
      count={rota.layers.length}
      end={
        <Button size="small" icon={Plus} refused={refused} onClick={() => onOpen('new')}>
          {text.add}
        </Button>
      }
    >
      {remove.problem ? (
        <Note live state="critical">
          {remove.problem.sentence}
        </Note>
      ) : null}
      <ul className="plainrows layerrows">
        {rota.layers
          .toSorted((one, other) => other.priority - one.priority)
          .map((layer) => (
            <li key={layer.id} aria-current={open !== 'new' && open?.id === layer.id ? 'true' : undefined}>
              <button type="button" className="l textual" disabled={refused !== null} onClick={() => onOpen(layer)}>
                <b className="b">{layer.name}</b>
                <span className="why block">
                  {rhythmOf(layer)}; {text.priority.toLowerCase()} {layer.priority}
                </span>
              </button>
              <span className="end">
                <AvatarStack people={layer.people.flat().map(({ number, title: name }) => ({ id: number, name }))} />
                {asked === layer.id ? (
                  <Button size="small" variant="danger" busy={remove.busy} onClick={() => remove.act({ number: rota.number, version: rota.version, layerId: layer.id })}>
                    {text.remove}
                  </Button>
                ) : (
                  <Button square size="small" variant="quiet" icon={Trash2} aria-label={`${text.remove}: ${layer.name}`} refused={refused} onClick={() => setAsked(layer.id)} />
                )}
              </span>
              {asked === layer.id ? <span className="why block">{text.editor.endSure}</span> : null}
            </li>
          ))}
      </ul>
    </Section>
  );
}

interface LayerFormProps {
  readonly rota: Rota;
  readonly layer: Layer | undefined;
  readonly onInput: (input: LayerInput) => void;
  readonly onDone: () => void;
  readonly onChoose: (person: { readonly id: string; readonly label: string }) => void;
}

function LayerForm({ rota, layer, onInput, onDone, onChoose }: LayerFormProps) {
  const { number, version } = rota;
  const highest = Math.max(...rota.layers.map(({ priority }) => priority));
  return (
    <div
      onInput={({ target }) => {
        const form = target instanceof Element ? target.closest('form') : null;
        if (form) onInput(layerOf(new FormData(form)));
      }}
    >
      <RecordForm
        draftKey={`layer ${number} ${layer?.id ?? 'new'}`}
        submit={layer ? words.save : text.add}
        onCancel={onDone}
        onSubmit={async (values) => {
          const said = { number, version, ...layerOf(values) };
          const problem = layer ? await send(api(rotas).updateLayer, { ...said, layerId: layer.id }, onDone) : await send(api(rotas).addLayer, said, onDone);
          return namedAsHere(problem, true);
        }}
      >
        <LayerFields
          {...(layer && { layer })}
          start={rota.layers[0]?.start ?? ''}
          name={layer ? layer.name : text.numbered(rota.layers.length + 1)}
          priority={Math.min(100, highest + 1)}
          onChoose={onChoose}
        />
      </RecordForm>
    </div>
  );
}
