import { createTransport, type Transporter } from 'nodemailer';
import type { Desk } from '#kernel/desk.ts';
import { outsideHtml, outsideText } from './outside.ts';
import { failure, type Channel, type Message, type Sent } from './channel.ts';

/** Kept open to the mail server at most. */
export const MAIL_CONNECTIONS = 8;

const transports = new WeakMap<Desk, Transporter>();

/** Mail by SMTP (RFC 5321) through the server of QD_SMTP_URL, over kept connections. */
export const email: Channel = {
  word: 'Mail',
  refuseAddress: (address) => (/^[^\s@]+@[^\s@]+$/.test(address) ? undefined : 'Write an e-mail address such as ada@example.com.'),
  shown: (address) => address,
  trouble: (desk) => (desk.config.smtpUrl ? null : 'Mail is not set up on this desk (QD_SMTP_URL).'),
  async send(desk, message, address) {
    if (!desk.config.smtpUrl) return { ok: false, permanent: true, result: 'Mail is not set up on this desk (QD_SMTP_URL).' };
    try {
      const sent = await transportOf(desk, desk.config.smtpUrl).sendMail({
        from: desk.config.mailFrom,
        to: address,
        subject: subjectOf(message),
        text: message.purpose === 'outside' ? outsideText(message) : textOf(message),
        html: message.purpose === 'outside' ? outsideHtml(message) : htmlOf(message),
        messageId: `<${message.id}@quarterdeck>`,
        ...(message.leaveLink ? { list: { unsubscribe: message.leaveLink } } : {}),
        headers: {
          ...(message.leaveLink ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
          'X-Quarterdeck-Record': message.record?.number ?? '',
          'Auto-Submitted': 'auto-generated',
          ...(message.purpose === 'page' ? { Importance: 'high' } : {}),
        },
      });
      return { ok: true, result: `The mail server accepted it (${String(sent.response).slice(0, 80)}).` };
    } catch (error) {
      return smtpFailure(error);
    }
  },
};

function transportOf(desk: Desk, url: string): Transporter {
  const known = transports.get(desk);
  if (known) return known;
  const fresh = createTransport({ url, pool: true, maxConnections: MAIL_CONNECTIONS, connectionTimeout: 8000, greetingTimeout: 8000, socketTimeout: 15_000 } as Parameters<
    typeof createTransport
  >[0]);
  transports.set(desk, fresh);
  return fresh;
}

/** Closes kept connections, when the desk stops. */
export function closeMail(desk: Desk): void {
  transports.get(desk)?.close();
  transports.delete(desk);
}

function smtpFailure(error: unknown): Sent {
  const code = (error as { responseCode?: number }).responseCode;
  if (code === undefined) return failure(error);
  return { ok: false, permanent: code >= 500 && code < 600, result: `The mail server refused it: ${(error as { response?: string }).response?.slice(0, 200) ?? code}` };
}

function subjectOf(message: Message): string {
  const number = message.record ? ` [${message.record.number}]` : '';
  return message.purpose === 'page' ? `Page: ${message.title}${number}` : `${message.title}${number}`;
}

function textOf(message: Message): string {
  return [
    message.title,
    message.text,
    message.why && `Why you: ${message.why}`,
    message.ackLink && `Acknowledge: ${message.ackLink}`,
    message.link && `Open in Quarterdeck: ${message.link}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function htmlOf(message: Message): string {
  const e = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`).replaceAll('\n', '<br>');
  const button = message.ackLink
    ? `<p style="margin:24px 0"><a href="${e(message.ackLink)}" style="background:#0b667e;color:#fff;padding:14px 28px;border-radius:8px;text-decoration:none;font-weight:600">Acknowledge</a></p>`
    : '';
  return `<div style="font:16px/24px system-ui,sans-serif;color:#11181c;max-width:560px"><h1 style="font-size:20px;line-height:28px;margin:0 0 8px">${e(message.title)}</h1>
    <p style="color:#434e56;margin:0 0 12px">${e(message.text)}</p>${button}${message.why ? `<p style="color:#5c6870;font-size:14px">Why you: ${e(message.why)}</p>` : ''}
    ${message.link ? `<p style="font-size:14px"><a href="${e(message.link)}" style="color:#0a6078">Open in Quarterdeck</a></p>` : ''}</div>`;
}
