import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface Inbox {
  readonly url: string;
  readonly mails: readonly Mail[];
  /** Mails to an address, oldest first. */
  of(address: string): readonly Mail[];
  /** What the server answers from now on; null accepts. `550 …` refuses for good, `451 …` for now. */
  answer(refusal: { code: number; text: string } | null): void;
  /** Waits in real time until so many mails are there. */
  waitFor(count: number, timeoutMs?: number): Promise<readonly Mail[]>;
  close(): Promise<void>;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly at: number;
  /** The acknowledge link in it, if any. */
  readonly ackLink: string | null;
  /** Headers by lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
}

/** A real SMTP server on loopback that keeps what it gets. */
export async function openInbox(): Promise<Inbox> {
  const mails: Mail[] = [];
  let refusal: { code: number; text: string } | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refusal) {
          done(Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
          return;
        }
        PostalMime.parse(Buffer.concat(chunks)).then(
          (mail: Email) => {
            const text = mail.text ?? '';
            mails.push({
              to: session.envelope.rcptTo[0]?.address ?? '',
              subject: mail.subject ?? '',
              text,
              at: Date.now(),
              ackLink: /Acknowledge: (\S+)/.exec(text)?.[1] ?? null,
              headers: new Map(mail.headers.map(({ key, value }) => [key, value])),
            });
            done();
          },
          (error: unknown) => done(error as Error),
        );
      });
    },
  });
  // A sender that is killed in the middle breaks its connection off; that is no fault of the inbox.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const address = server.server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    of: (to) => mails.filter((mail) => mail.to === to),
    answer: (next) => {
      refusal = next;
    },
    async waitFor(count, timeoutMs = 10_000) {
      for (const end = Date.now() + timeoutMs; mails.length < count;) {
        if (Date.now() > end) throw new Error(`${mails.length} of ${count} mails came within ${timeoutMs} ms`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return mails;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}
