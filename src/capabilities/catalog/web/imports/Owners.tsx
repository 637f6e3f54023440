import { FileUp, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { Out } from '#kernel/contract.ts';
import { api, useWrite } from '#web/api.ts';
import { searchPeople, searchTeams } from '#web/record/choices.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { catalog, type ImportSource } from '../../contract/index.ts';
import { SendingBar } from './DropZone.tsx';
import { sentBefore } from './picking.ts';
import { useSending } from './sending.ts';
import { words } from './words.ts';

const text = words.owners;
const FEW = 8;
type Owner = Out<(typeof catalog)['verbs']['run']>['owners'][number];

async function searchOwners(q: string): Promise<readonly Choosable[]> {
  const [teams, people] = await Promise.all([searchTeams(q), searchPeople(q)]);
  return [...teams, ...people];
}

/** The way from named owners to a plan that has them: read or send the source once more. */
function Again({ source }: { readonly source: ImportSource }) {
  const go = useGo();
  const { progress, start } = useSending();
  const [refused, setRefused] = useState<string>();
  const files = sentBefore(source.number);
  const page = `/imports/${source.number}`;
  const read = useWrite(api(catalog).readImport, () => go(page));
  async function resend() {
    const sent = await start(source.number, files ?? []);
    if ('problem' in sent) setRefused(sent.problem.sentence);
    else go(`${page}/runs/${sent.run}`);
  }
  const button = source.path ? (
    <Button size="small" icon={RefreshCw} busy={read.busy} onClick={() => read.act({ number: source.number })}>
      {text.again}
    </Button>
  ) : files ? (
    <Button size="small" icon={FileUp} busy={progress !== undefined} onClick={() => void resend()}>
      {text.sameFiles}
    </Button>
  ) : (
    <Button size="small" icon={FileUp} href={`${page}?upload=1`}>
      {text.upload}
    </Button>
  );
  const problem = refused ?? read.problem?.sentence;
  return (
    <>
      <Note live state="info" end={button}>
        {source.path ? text.saved : text.savedUpload}
      </Note>
      {progress ? <SendingBar progress={progress} /> : null}
      {problem ? (
        <Note live state="critical">
          {problem}
        </Note>
      ) : null}
    </>
  );
}

interface OwnersProps {
  readonly owners: readonly Owner[];
  readonly source: ImportSource;
  readonly refused: string | null;
}

export const lostIn = (owners: readonly Owner[]): number => owners.filter(({ matched }) => matched === null).length;

/** Owners that the source names and nobody here is found for, each with a choice of who is meant. */
export function Owners({ owners, source, refused }: OwnersProps) {
  const [chosen, setChosen] = useState<Readonly<Record<string, Choosable>>>({});
  const [isSaved, setSaved] = useState(false);
  const [all, setAll] = useState(false);
  const save = useWrite(api(catalog).updateImport, () => {
    setSaved(true);
    setChosen({});
  });
  const lost = owners.filter(({ matched }) => matched === null);
  const found = owners.length - lost.length;
  const count = Object.keys(chosen).length;
  function send() {
    const named = Object.fromEntries(Object.entries(chosen).map(([ref, { id }]) => [ref, id]));
    save.act({ number: source.number, version: source.version, owners: { ...source.owners, ...named } });
  }
  return (
    <section aria-label={text.title} className="stack8">
      {isSaved ? <Again source={source} /> : null}
      <p className="mut s13 lead">{lost.length ? text.text : text.none}</p>
      <ul className="owners">
        {(all ? lost : lost.slice(0, FEW)).map(({ ref, name, kind }) => (
          <li key={ref}>
            <span className="grow">
              <b className="b">{name}</b> <span className="dim s12">{text.kinds[kind]}</span>
              <span className="id el block">{ref}</span>
            </span>
            {refused ? null : (
              <Combobox
                label={`${name} ${text.is}`}
                none={kind === 'team' ? text.choose : text.choosePerson}
                chosen={chosen[ref]}
                search={searchOwners}
                onChoose={(choice) => choice && setChosen({ ...chosen, [ref]: choice })}
              />
            )}
          </li>
        ))}
      </ul>
      {lost.length > FEW && !all ? (
        <button type="button" className="textual saysmore" onClick={() => setAll(true)}>
          {text.all(lost.length)}
        </button>
      ) : null}
      {found ? <p className="dim s12">{text.found(found)}</p> : null}
      {save.problem ? (
        <Note live state="critical">
          {save.problem.sentence}
        </Note>
      ) : null}
      {count ? (
        <div className="row">
          <Button size="small" variant="primary" busy={save.busy} onClick={send}>
            {text.save(count)}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
