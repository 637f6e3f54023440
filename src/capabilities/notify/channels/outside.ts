import type { Message } from './channel.ts';

/** Mail for somebody outside of the house: what was written for them, where it leads, how it ends. */
export function outsideText({ text, link }: Message): string {
  return [text, link].filter(Boolean).join('\n\n');
}

export function outsideHtml({ title, text, link }: Message): string {
  const e = (plain: string) => plain.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  const linked = e(text)
    .replaceAll(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}" style="color:#0a6078">${url}</a>`)
    .replaceAll('\n', '<br>');
  return `<div style="font:16px/24px system-ui,sans-serif;color:#11181c;max-width:560px"><h1 style="font-size:20px;line-height:28px;margin:0 0 12px">${e(title)}</h1><p style="margin:0 0 20px">${linked}</p>${
    link ? `<p style="font-size:14px"><a href="${e(link)}" style="color:#0a6078">${e(link)}</a></p>` : ''
  }</div>`;
}
