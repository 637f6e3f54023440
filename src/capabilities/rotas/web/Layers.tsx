import { Plus } from 'lucide-react';
import { useState } from 'react';
import { api, send, useWrite } from '#web/api.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { AvatarStack } from '#web/ui/People.tsx';
import { rotas } from '../contract/index.ts';
import { LayerFields, layerOf, namedAsHere, type Layer, type Rota } from './LayerFields.tsx';
import { words } from './words.ts';

const text = words.layer;

/** "weekly, Mon 09:00" on the clock of the rota. */
export function rhythmOf({ kind, length, start }: Layer): string {
  const every = length === 1 ? kind : `every ${length} ${{ hourly: 'hours', daily: 'days', weekly: 'weeks', monthly: 'months' }[kind]}`;
  const [day = '', clock = ''] = start.split('T');
  const weekday = new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', { weekday: 'short', timeZone: 'UTC' });
  return kind === 'weekly' ? `${every}, ${weekday} ${clock}` : `${every}, ${clock}`;
}

function Edit({ rota, layer, onDone }: { readonly rota: Rota; readonly layer?: Layer; readonly onDone: () => void }) {
  const { number, version } = rota;
  return (
    <RecordForm
      draftKey={`layer ${number} ${layer?.id ?? 'new'}`}
      submit={layer ? words.save : text.add}
      onCancel={onDone}
      onSubmit={async (values) => {
        const said = { number, version, ...layerOf(values, layer) };
        const problem = layer ? await send(api(rotas).updateLayer, { ...said, layerId: layer.id }, onDone) : await send(api(rotas).addLayer, said, onDone);
        return namedAsHere(problem, 'layerName');
      }}
    >
      <LayerFields {...(layer && { layer })} start={rota.layers[0]?.start ?? ''} />
    </RecordForm>
  );
}

/** The layers of a rota: change one, add one, end one. */
export function Layers({ rota, onClose }: { readonly rota: Rota; readonly onClose: () => void }) {
  const [open, setOpen] = useState<Layer | 'new'>();
  const remove = useWrite(api(rotas).removeLayer);
  const layer = open === 'new' ? undefined : open;
  const title = open ? (layer ? text.editTitle : text.addTitle) : text.title;
  return (
    <Dialog title={title} sub={text.fromNow} open onClose={onClose}>
      {open ? (
        <Edit rota={rota} {...(layer && { layer })} onDone={() => setOpen(undefined)} />
      ) : (
        <div className="stack16">
          {remove.problem ? (
            <Note live state="critical">
              {remove.problem.sentence}
            </Note>
          ) : null}
          <ul className="plainrows">
            {rota.layers.map((each) => (
              <li key={each.id}>
                <span>
                  <b className="b">{each.name}</b>
                  <span className="why block">{rhythmOf(each)}</span>
                </span>
                <span className="end">
                  <AvatarStack people={each.people.flat().map(({ id, title: name }) => ({ id, name }))} />
                  <Button size="small" onClick={() => setOpen(each)}>
                    {text.change}
                  </Button>
                  <Button size="small" variant="danger" busy={remove.busy} onClick={() => remove.act({ number: rota.number, version: rota.version, layerId: each.id })}>
                    {text.remove}
                  </Button>
                </span>
              </li>
            ))}
          </ul>
          <div className="row">
            <Button icon={Plus} onClick={() => setOpen('new')}>
              {text.add}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
