import ipaddr from 'ipaddr.js';
import webPush from 'web-push';
import * as z from 'zod';
import { providersOf } from '../providers.ts';
import { clip, failure, ofAnswer, type Channel } from './channel.ts';

const Subscription = z.object({ endpoint: z.url(), keys: z.object({ p256dh: z.string().max(200), auth: z.string().max(100) }) });

/** Push services of browsers. Others could be any address, so they are not called (decisions, Web Push). */
const SERVICES = [/^fcm\.googleapis\.com$/, /^updates\.push\.services\.mozilla\.com$/, /^[\w-]+\.push\.apple\.com$/, /^[\w-]+\.notify\.windows\.com$/];

/** A push service at a private address is that of whoever runs the desk; it is called only where its network is listed. */
function isService(host: string): boolean {
  return SERVICES.some((service) => service.test(host)) || (ipaddr.isValid(host) && ipaddr.process(host).range() !== 'unicast');
}

function read(address: string): z.infer<typeof Subscription> | undefined {
  try {
    return Subscription.parse(JSON.parse(address));
  } catch {
    return undefined;
  }
}

/** Web Push (RFC 8030, 8188, 8291, 8292): to an installed app or a browser, also while the desk is closed. */
export const push: Channel = {
  word: 'Push',
  refuseAddress: (address) => (read(address) ? undefined : 'This is not a subscription of a browser. Use the button on this page.'),
  shown: (address) => `a browser, by ${new URL(read(address)?.endpoint ?? 'https://unknown').host}`,
  trouble: (desk) => (providersOf(desk).push ? null : 'Push has no keys yet: turn it on in a browser.'),
  async send(desk, message, address) {
    const subscription = read(address);
    const keys = providersOf(desk).push;
    if (!subscription || !keys) return { ok: false, permanent: true, result: 'The subscription of the browser is not usable.' };
    const { hostname, host } = new URL(subscription.endpoint);
    if (!isService(hostname)) return { ok: false, permanent: true, result: `${hostname} is no push service that the desk knows.` };
    const payload = JSON.stringify({
      // A push service takes 4,096 bytes.
      title: clip(message.title, 200),
      text: clip(message.text, 400),
      link: message.ackLink ?? message.link,
      tag: message.record?.number ?? message.id,
      page: message.purpose === 'page',
    });
    try {
      const { headers, body } = webPush.generateRequestDetails(subscription, payload, {
        vapidDetails: { subject: desk.config.publicUrl.startsWith('https:') ? desk.config.publicUrl : 'mailto:quarterdeck@localhost', ...keys },
        TTL: 3600,
        urgency: message.purpose === 'page' && message.urgency === 'high' ? 'high' : 'normal',
      });
      const own = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length');
      const answer = await desk.outgoing.request({
        url: subscription.endpoint,
        origin: 'typed',
        method: 'POST',
        timeoutMs: 10_000,
        keep: 1000,
        headers: Object.fromEntries(own.map(([name, value]) => [name, String(value)])),
        body: body ?? '',
      });
      const gone = answer.status === 404 || answer.status === 410;
      return gone ? { ok: false, permanent: true, result: `The browser has ended this subscription (${answer.status}). Turn push on again there.` } : ofAnswer(answer, host);
    } catch (error) {
      return failure(error);
    }
  },
};
