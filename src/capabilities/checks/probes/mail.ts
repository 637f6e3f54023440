import * as z from 'zod';
import { at, certificateDays, host, ip, port, security, shortText, timing, verify, type Probe } from './shared.ts';

const greeted = { host, security: security.default('none'), verify, certificateDays, /** What the greeting must contain. */ expect: shortText, ip, ...timing };

export const smtpConfig = z.strictObject({ kind: z.literal('smtp'), port: port.default(25), ...greeted }).meta({ id: 'SmtpProbe' });
export type SmtpConfig = z.infer<typeof smtpConfig>;

export const imapConfig = z.strictObject({ kind: z.literal('imap'), port: port.default(143), ...greeted }).meta({ id: 'ImapProbe' });
export type ImapConfig = z.infer<typeof imapConfig>;

/** An answer of SMTP that is complete: its code and its text; undefined while lines are missing. */
export function readReply(received: string): { readonly code: number; readonly text: string } | undefined {
  const lines = received.split(/\r?\n/);
  const last = lines.findIndex((line) => /^\d{3}( |$)/.test(line));
  // The line itself must have ended: the rest of it may still be under way.
  if (last < 0 || last === lines.length - 1) return undefined;
  return {
    code: Number(lines[last]!.slice(0, 3)),
    text: lines
      .slice(0, last + 1)
      .map((line) => line.slice(4))
      .join('\n'),
  };
}

/** Why a greeting of IMAP is not good, or nothing. */
export function faultOfImap(greeting: string): string {
  if (/^\* (OK|PREAUTH)\b/i.test(greeting)) return '';
  return /^\* BYE\b/i.test(greeting) ? `the server says goodbye: ${greeting.slice(6, 106).trim()}` : 'it does not greet as an IMAP server';
}

const greets = { refuse: () => undefined, target: at, destination: at };
export const smtp: Probe<SmtpConfig> = greets;
export const imap: Probe<ImapConfig> = greets;
