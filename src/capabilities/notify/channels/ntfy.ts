import { hasPublicAddress } from '../providers.ts';
import { clip, failure, ofAnswer, type Channel } from './channel.ts';
import { refuseUrl } from './webhook.ts';

/** A topic of an ntfy server (docs.ntfy.sh, publish as JSON): `https://ntfy.example.com/topic`, priority 5 for pages. */
export const ntfy: Channel = {
  word: 'ntfy',
  refuseAddress: (address) =>
    refuseUrl(address) ?? (/^\/[-_A-Za-z0-9]{1,64}$/.test(new URL(address).pathname) ? undefined : 'Write server and topic, such as https://ntfy.sh/my-topic.'),
  shown: (address) => `${new URL(address).host}${new URL(address).pathname.slice(0, 5)}…`,
  trouble: () => null,
  async send(desk, message, address) {
    const url = new URL(address);
    const actions = message.ackLink ? actionsOf(message.ackLink, hasPublicAddress(desk)) : [];
    try {
      const answer = await desk.outgoing.request({
        url: url.origin,
        origin: 'typed',
        method: 'POST',
        timeoutMs: 10_000,
        keep: 500,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          topic: url.pathname.slice(1),
          title: clip(message.title, 250),
          message: clip([message.text, message.why].filter(Boolean).join('\n'), 1000),
          priority: message.purpose === 'page' && message.urgency === 'high' ? 5 : 3,
          tags: message.purpose === 'page' ? ['rotating_light'] : [],
          click: message.ackLink ?? message.link ?? undefined,
          actions,
        }),
      });
      return ofAnswer(answer, url.host);
    } catch (error) {
      return failure(error);
    }
  },
};

/** At most three. The phone itself sends the POST, so the deed needs an address that the phone can reach; else the page is shown. */
function actionsOf(ackLink: string, reachable: boolean): readonly object[] {
  if (!reachable) return [{ action: 'view', label: 'Acknowledge', url: ackLink }];
  const deed = (label: string, path: string) => ({ action: 'http', label, url: `${ackLink}/${path}`, method: 'POST', clear: true });
  return [deed('Acknowledge', 'acknowledge'), deed('Escalate', 'escalate'), { action: 'view', label: 'Show', url: ackLink }];
}
