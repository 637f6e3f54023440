import { SMTPServer } from 'smtp-server';
import type { Desk } from '#kernel/desk.ts';
import { rateLimit } from '#kernel/limits.ts';
import { StartRefused } from '#kernel/postgres/index.ts';
import { BODY_MOST } from './body.ts';
import { accept, openDoor, sourceOf, type At } from './door.ts';
import { keptMail } from './mail.ts';

const CLIENTS_MOST = 50;
const CLIENTS_OF_ONE = 10;
const IDLE_MS = 60_000;
/** A connection that trickles is ended, however busy it looks. */
const LIVES_MS = 10 * 60_000;

/** RFC 5321: 4yz lets the sender try again, 5yz ends it. */
class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly responseCode: number;
  constructor(responseCode: number, sentence: string) {
    super(sentence);
    this.responseCode = responseCode;
  }
}

/** Takes in mail to `<key>@<any host>` where QD_SMTP_LISTEN says so; answers what stops it. It relays nothing and takes no passwords. */
export async function listenForMail(desk: Desk): Promise<(() => Promise<void>) | undefined> {
  const listener = desk.config.smtpListen;
  if (!listener) return undefined;
  const at = { desk, door: openDoor() };
  const mails = rateLimit({ burst: 120, perMinute: 120 });
  const clients = new Map<string, { address: string; until: number }>();
  const server = new SMTPServer({
    name: new URL(desk.config.publicUrl).hostname,
    banner: 'Quarterdeck takes in alerts',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: BODY_MOST,
    maxClients: CLIENTS_MOST,
    socketTimeout: IDLE_MS,
    closeTimeout: 1000,
    onConnect(session, done) {
      const own = [...clients.values()].filter(({ address }) => address === session.remoteAddress).length;
      if (own >= CLIENTS_OF_ONE) return done(new Refusal(421, '4.7.0 Too many connections from this address. Try again later.'));
      clients.set(session.id, { address: session.remoteAddress, until: desk.clock.now() + LIVES_MS });
      return done();
    },
    onClose(session) {
      clients.delete(session.id);
    },
    onRcptTo({ address }, session, done) {
      void refusalOf(at, { address, from: session.remoteAddress, mails }).then((refusal) => done(refusal));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        if (!stream.sizeExceeded) chunks.push(chunk);
      });
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(new Refusal(552, '5.3.4 The mail is larger than 1 MiB. Send it without attachments.'));
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        keep(at, recipients, Buffer.concat(chunks)).then(
          () => done(null, '2.0.0 The mail is kept'),
          (error: unknown) => {
            desk.log.error({ err: error }, 'a mail could not be stored; the sender is told to try again');
            done(new Refusal(451, '4.3.0 It could not be stored. Try again later.'));
          },
        );
      });
    },
  });
  server.on('error', (error: Error) => desk.log.warn({ err: error }, 'a mail connection failed'));
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: Error) =>
      reject(new StartRefused(`QD_SMTP_LISTEN=${listener.host}:${listener.port} cannot be used: ${error.message}. Choose another address or port.`, error));
    server.server.once('error', refuse);
    server.listen(listener.port, listener.host, () => {
      server.server.off('error', refuse);
      resolve();
    });
  });
  const reaper = setInterval(() => {
    for (const connection of server.connections) {
      const client = clients.get(connection.id);
      if (client && client.until < desk.clock.now()) connection.close();
    }
  }, IDLE_MS);
  return () => {
    clearInterval(reaper);
    return new Promise((resolve) => {
      server.close(() => resolve());
    });
  };
}

/** The key in an address: all of the part before the @, or what stands behind a +. */
function keyOf(address: string): string {
  return /^(?:[^@]*\+)?([0-9a-f]{32})@/i.exec(address)?.[1]?.toLowerCase() ?? '';
}

async function refusalOf(at: At, what: { readonly address: string; readonly from: string; readonly mails: ReturnType<typeof rateLimit> }): Promise<Refusal | null> {
  const { desk, door } = at;
  const key = keyOf(what.address);
  try {
    const sourceId = await sourceOf(at, key);
    if (sourceId) return what.mails.take(sourceId, desk.clock.now()) > 0 ? new Refusal(451, '4.7.1 Too many mails with this key. Try again later.') : null;
  } catch (error) {
    desk.log.error({ err: error }, 'the key of a mail could not be looked up; the sender is told to try again');
    return new Refusal(451, '4.3.0 The desk cannot take it in now. Try again later.');
  }
  if (door.unknown.take(what.from, desk.clock.now()) > 0) return new Refusal(450, '4.7.1 Too many mails to unknown keys. Try again later.');
  return new Refusal(550, '5.1.1 This key is unknown or was revoked. Mail goes to <key>@<host>, with a key of an alert source.');
}

/** On disk for every recipient, or not accepted at all: the sender then tries again, and a repeat is harmless. */
async function keep(at: At, recipients: readonly string[], bytes: Buffer): Promise<void> {
  for (const to of recipients) {
    const sourceId = await sourceOf(at, keyOf(to));
    // Revoked between RCPT and DATA: nobody waits for it any more.
    if (!sourceId) continue;
    const body = JSON.stringify(await keptMail(at.desk, { sourceId, to, bytes }));
    await accept(at, { sourceId, format: 'email', body, givenKey: null });
  }
}
