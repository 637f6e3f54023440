import type { Socket } from 'node:net';
import { faultOfImap, readReply, type ImapConfig, type SmtpConfig } from '../mail.ts';
import { ProbeFailed, type Around, type Found, type Run } from './run.ts';
import { asText, certificateEnd, open, secured, talkOver, type Talk } from './talk.ts';

async function reply(talk: Talk, good: number): Promise<{ readonly code: number; readonly text: string }> {
  const answer = await talk.hear((received) => {
    if (received.length > 3 && !/^\d{3}/.test(received)) throw new ProbeFailed('it does not speak SMTP');
    return readReply(received);
  });
  if (answer.code !== good) throw new ProbeFailed(`it answers ${answer.code} ${asText(answer.text).split('\n')[0]?.slice(0, 150)}`);
  return { code: answer.code, text: asText(answer.text) };
}

/** A connection that is encrypted from its first byte where that is asked for. */
async function greeted(config: SmtpConfig | ImapConfig, around: Around): Promise<{ readonly socket: Socket; readonly ip: string; readonly certificate: Partial<Found> }> {
  const plain = await open(config, around);
  const ip = plain.remoteAddress ?? '';
  if (config.security !== 'tls') return { socket: plain, ip, certificate: {} };
  const socket = await secured(plain, config);
  return { socket, ip, certificate: certificateEnd(socket) };
}

/** The socket alone again: what a talk listened to is left for the encryption. */
async function encrypted(socket: Socket, config: SmtpConfig | ImapConfig): Promise<Partial<Found>> {
  socket.removeAllListeners('data');
  const over = await secured(socket, config);
  const certificate = certificateEnd(over);
  over.destroy();
  return certificate;
}

export const smtp: Run<SmtpConfig> = async (config, around) => {
  const { socket, ip, certificate } = await greeted(config, around);
  const talk = talkOver(socket);
  try {
    const { code, text } = await reply(talk, 220);
    talk.say('EHLO quarterdeck\r\n');
    const extensions = (await reply(talk, 250)).text;
    const found = { words: text.includes(config.expect) ? '' : `it greets with ${text.slice(0, 150)}`, ip, status: code, body: text, ...certificate };
    if (config.security !== 'starttls') {
      talk.say('QUIT\r\n');
      return found;
    }
    if (!/^STARTTLS\b/im.test(extensions)) throw new ProbeFailed('it does not offer STARTTLS');
    talk.say('STARTTLS\r\n');
    await reply(talk, 220);
    return { ...found, ...(await encrypted(socket, config)) };
  } finally {
    talk.end();
  }
};

const line = (received: string): string | undefined => (received.includes('\n') ? asText(received.slice(0, received.indexOf('\n'))).replace(/\r$/, '') : undefined);
const tagged = (received: string): string | undefined => /^q1 (\w+)/im.exec(received)?.[1]?.toUpperCase();

export const imap: Run<ImapConfig> = async (config, around) => {
  const { socket, ip, certificate } = await greeted(config, around);
  const talk = talkOver(socket);
  try {
    const greeting = await talk.hear(line);
    const fault = faultOfImap(greeting) || (greeting.includes(config.expect) ? '' : `it greets with ${greeting.slice(0, 150)}`);
    const found = { words: fault, ip, body: greeting, ...certificate };
    if (fault !== '' || config.security !== 'starttls') {
      talk.say('q1 LOGOUT\r\n');
      return found;
    }
    talk.say('q1 STARTTLS\r\n');
    if ((await talk.hear(tagged)) !== 'OK') throw new ProbeFailed('it does not offer STARTTLS');
    return { ...found, ...(await encrypted(socket, config)) };
  } finally {
    talk.end();
  }
};
