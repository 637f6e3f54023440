import { createHmac } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readAs } from '#kernel/act.ts';
import type { Desk } from '#kernel/desk.ts';
import { equalSecrets } from '#kernel/ids.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { answerMessage } from '../answering.ts';
import { escapeXml } from '../channels/voice.ts';
import { notificationOfToken } from '../links.ts';
import { readProviders } from '../providers.ts';
import { deedOfKey, receiptOf } from '../rules/index.ts';
import { takeReceipt } from './receipts.ts';
import { answerText } from './texts.ts';

type Fields = Readonly<Record<string, string>>;

/**
 * What Twilio calls: receipts, keys pressed in a call, texts that came in. Only what is signed with the account's token
 * is taken (docs, "Validating requests": URL and sorted fields, HMAC-SHA1 in `X-Twilio-Signature`).
 */
export function twilioRoutes(app: FastifyInstance, desk: Desk): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 20_000 }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.post('/hooks/twilio/status/:id', async (request, reply) => {
      const fields = await signed(desk, request);
      if (!fields) return refused(reply);
      const receipt = receiptOf(fields['MessageStatus'] ?? fields['CallStatus'] ?? '');
      if (receipt) await takeReceipt(desk, { notification: parameter(request, 'id'), ref: fields['MessageSid'] ?? fields['CallSid'] ?? '', receipt });
      return reply.code(204).send();
    });
    scope.post('/hooks/twilio/keys/:token', async (request, reply) => {
      const fields = await signed(desk, request);
      if (!fields) return refused(reply);
      const notification = notificationOfToken(desk, parameter(request, 'token'));
      const deed = deedOfKey(fields['Digits'] ?? '');
      if (!notification) return xml(reply, say('This page cannot be answered any more. Goodbye.'));
      return xml(reply, say(deed ? await answerMessage(desk, { notification, deed, via: 'call' }) : 'This key means nothing. Press 4, 5 or 6 in the next call. Goodbye.'));
    });
    scope.post('/hooks/twilio/sms', async (request, reply) => {
      const fields = await signed(desk, request);
      if (!fields) return refused(reply);
      const said = await answerText(desk, { from: fields['From'] ?? '', text: fields['Body'] ?? '' });
      return xml(reply, said === null ? '' : `<Message>${escapeXml(said)}</Message>`);
    });
  });
}

async function signed(desk: Desk, request: FastifyRequest): Promise<Fields | null> {
  const { twilio } = await readAs(desk, SYSTEM, readProviders);
  const given = request.headers['x-twilio-signature'];
  if (!twilio || typeof given !== 'string') return null;
  const fields = fieldsOf(request.body);
  const text = Object.keys(fields)
    .toSorted()
    .reduce((all, name) => `${all}${name}${fields[name] ?? ''}`, `${desk.config.publicUrl}${request.url}`);
  const right = createHmac('sha1', twilio.token).update(text).digest('base64');
  return equalSecrets(right, given) ? fields : null;
}

function fieldsOf(body: unknown): Fields {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function parameter(request: FastifyRequest, name: string): string {
  return fieldsOf(request.params)[name] ?? '';
}

const say = (sentence: string) => `<Say>${escapeXml(sentence)}</Say>`;
const xml = (reply: FastifyReply, inside: string) => reply.type('text/xml').send(`<?xml version="1.0" encoding="UTF-8"?><Response>${inside}</Response>`);
const refused = (reply: FastifyReply) => reply.code(403).type('text/plain').send('The signature is not that of the account this desk uses.\n');
