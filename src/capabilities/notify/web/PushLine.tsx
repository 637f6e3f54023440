import { useEffect, useState } from 'react';
import { api, useRead, useWrite } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { notify } from '../contract.ts';
import { words } from './words.ts';

const client = api(notify);

/** Why push cannot be turned on here, as a sentence; undefined when it can. */
function refusal(): string | undefined {
  if (!window.isSecureContext) return words.pushInsecure;
  const apple = /iPhone|iPad/.test(navigator.userAgent) && !window.matchMedia('(display-mode: standalone)').matches;
  if (apple) return words.pushInstall;
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) return words.pushMissing;
  if (Notification.permission === 'denied') return words.denied;
  return undefined;
}

function keyBytes(text: string): Uint8Array<ArrayBuffer> {
  const raw = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(raw, (letter) => letter.codePointAt(0) ?? 0);
}

async function subscribe(publicKey: string): Promise<PushSubscription> {
  if ((await Notification.requestPermission()) !== 'granted') throw new Error(words.denied);
  const registration = await navigator.serviceWorker.register('/push.js');
  await navigator.serviceWorker.ready;
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: keyBytes(publicKey) });
}

/** Turns on push in this browser: pages arrive with the desk closed. Says why where it cannot. */
export function PushLine() {
  const key = useRead(client.pushKey, {});
  const [on, setOn] = useState(false);
  const [problem, setProblem] = useState<string>();
  const add = useWrite(client.addContact, () => setOn(true));
  const why = refusal();
  useEffect(() => {
    if (why) return;
    void navigator.serviceWorker
      .getRegistration('/push.js')
      .then((known) => known?.pushManager.getSubscription())
      .then((known) => setOn(Boolean(known)));
  }, [why]);
  async function turnOn(publicKey: string) {
    setProblem(undefined);
    try {
      const subscription = await subscribe(publicKey);
      const browser = /Firefox|Edg|Chrome|Safari/.exec(navigator.userAgent)?.[0]?.replace('Edg', 'Edge') ?? words.channels.browser;
      await add.send({ channel: 'push', label: browser, address: JSON.stringify(subscription) });
    } catch (error) {
      setProblem(error instanceof Error && error.message ? error.message : words.pushFailed);
    }
  }
  if (why)
    return (
      <p className="dim">
        {words.pushOff} {why}
      </p>
    );
  return (
    <div className="inlineform">
      {on ? (
        <span className="dim">{words.pushOn}</span>
      ) : (
        <Button busy={add.busy || !key.data} onClick={() => key.data && void turnOn(key.data.publicKey)}>
          {words.pushTurnOn}
        </Button>
      )}
      {problem ? (
        <Note live state="critical">
          {problem}
        </Note>
      ) : null}
    </div>
  );
}
