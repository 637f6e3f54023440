import { failure, ofAnswer, type Channel } from './channel.ts';

/** A CloudEvents 1.0 message, signed with HMAC-SHA256 over "timestamp.body" in the header `quarterdeck-signature`. */
export const webhook: Channel = {
  word: 'Webhook',
  refuseAddress: refuseUrl,
  shown: (address) => new URL(address).origin,
  trouble: () => null,
  async send(desk, message, address) {
    const body = JSON.stringify({
      specversion: '1.0',
      id: message.id,
      type: `quarterdeck.${message.purpose}`,
      source: desk.config.publicUrl,
      time: message.at,
      subject: message.record?.number,
      datacontenttype: 'application/json',
      data: {
        title: message.title,
        text: message.text,
        why: message.why,
        urgency: message.urgency,
        link: message.link,
        acknowledge: message.ackLink,
        person: message.person && { name: message.person.name, email: message.person.email },
      },
    });
    const timestamp = Math.floor(Date.parse(message.at) / 1000);
    const signature = desk.vault.sign(`webhook ${address}`, `${timestamp}.${body}`).toString('hex');
    try {
      const answer = await desk.outgoing.request({
        url: address,
        origin: 'typed',
        method: 'POST',
        body,
        timeoutMs: 10_000,
        keep: 500,
        headers: { 'content-type': 'application/cloudevents+json', 'quarterdeck-signature': `t=${timestamp},v1=${signature}`, 'idempotency-key': message.id },
      });
      return ofAnswer(answer, new URL(address).host);
    } catch (error) {
      return failure(error);
    }
  },
};

export function refuseUrl(address: string): string | undefined {
  if (!URL.canParse(address)) return 'Write a whole address that begins with https://.';
  const { protocol, username } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return 'The address must begin with https:// or http://.';
  return username ? 'Leave name and password out of the address.' : undefined;
}
