import { useState } from 'react';
import { api, useRead, useWrite } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { CopyBox } from '#web/ui/CopyBox.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Note, Skeleton } from '#web/ui/Parts.tsx';
import { Ago } from '#web/ui/Time.tsx';
import { rotas } from '../contract/index.ts';
import { words } from './words.ts';

const text = words.subscribe;

interface SubscribeProps {
  /** Without one it is about the viewer's own shifts in all rotas. */
  readonly rota?: { readonly number: string; readonly name: string };
  readonly onClose: () => void;
}

/** Calendar addresses: of this rota, and of everything one is on call for. */
export function Subscribe({ rota, onClose }: SubscribeProps) {
  const { data } = useRead(api(rotas).feeds, {}, { on: ['feed.'] });
  const add = useWrite(api(rotas).addFeed);
  const remove = useWrite(api(rotas).removeFeed);
  const [asked, setAsked] = useState<string>();
  const lines = [...(rota ? [{ ...rota, title: text.ofRota(rota.name) }] : []), { number: undefined, name: '', title: text.mine }];
  const problem = add.problem ?? remove.problem;
  return (
    <Dialog title={text.title} sub={text.sub} open onClose={onClose}>
      <div className="stack16">
        {problem ? (
          <Note live state="critical">
            {problem.sentence}
          </Note>
        ) : null}
        {data ? (
          lines.map(({ number, title }) => {
            const feed = data.items.find((each) => (each.rota?.number ?? undefined) === number);
            return (
              <section key={title} className="stack8">
                <h3>{title}</h3>
                {feed ? (
                  <>
                    <CopyBox label={title} value={feed.url} />
                    <div className="row">
                      <span className="dim s12">
                        {feed.readAt ? (
                          <>
                            {text.read} <Ago at={feed.readAt} />
                          </>
                        ) : (
                          text.unread
                        )}
                      </span>
                      <span className="grow" />
                      {asked === feed.id ? (
                        <>
                          <span className="s12">{text.sure}</span>
                          <Button size="small" variant="danger" busy={remove.busy} onClick={() => remove.act({ id: feed.id })}>
                            {text.remove}
                          </Button>
                        </>
                      ) : (
                        <Button size="small" variant="quiet" onClick={() => setAsked(feed.id)}>
                          {text.remove}
                        </Button>
                      )}
                    </div>
                  </>
                ) : (
                  <div className="row">
                    <Button busy={add.busy} onClick={() => add.act(number ? { rota: number } : {})}>
                      {text.make}
                    </Button>
                  </div>
                )}
              </section>
            );
          })
        ) : (
          <Skeleton width="100%" />
        )}
        <Note state="unknown">{text.secret}</Note>
      </div>
    </Dialog>
  );
}
