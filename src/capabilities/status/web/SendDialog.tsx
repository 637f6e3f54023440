import { api, useRead, useWrite } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Facts, Note } from '#web/ui/Parts.tsx';
import { status, type StatusPost } from '../contract/index.ts';
import { words } from './words.ts';

const text = words.post;
const client = api(status);

/** Before anything leaves: how many are told, where it appears, in what words. */
export function SendDialog({ post, onClose }: { readonly post: StatusPost; readonly onClose: () => void }) {
  const { data, problem } = useRead(client.preview, { number: post.number });
  const write = useWrite(client.send, onClose);
  const sending = (tell: boolean) => write.act({ number: post.number, version: post.version, tell });
  const trouble = write.problem ?? problem;
  return (
    <Dialog title={text.sendTitle} open onClose={onClose} {...(data && { sub: text.reach(data.following.email, data.following.webhook, data.following.slack) })}>
      {trouble ? (
        <Note live state="critical">
          {trouble.sentence}
        </Note>
      ) : null}
      {data?.refusal ? <Note state="warning">{data.refusal}</Note> : null}
      {data ? (
        <Facts
          facts={[
            { label: text.subject, value: data.subject },
            { label: text.text, value: <span className="mailtext">{data.text}</span> },
          ]}
        />
      ) : null}
      <div className="end">
        <Button variant="quiet" busy={write.busy} onClick={() => sending(false)}>
          {text.sendQuiet}
        </Button>
        <Button variant="primary" busy={write.busy} refused={data?.refusal} onClick={() => sending(true)}>
          {text.send}
        </Button>
      </div>
    </Dialog>
  );
}
