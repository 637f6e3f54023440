import type { Desk } from '#kernel/desk.ts';
import { equalSecrets } from '#kernel/ids.ts';

const tokenOf = (desk: Desk, id: string) => `${id.replaceAll('-', '')}${desk.vault.sign('calendar address', id).toString('base64url').slice(0, 22)}`;

/** Where a calendar is read from, without signing in. */
export function feedUrl(desk: Desk, id: string): string {
  return `${desk.config.publicUrl}/calendar/${tokenOf(desk, id)}.ics`;
}

/** The calendar that a file name stands for, or null when it was forged. */
export function feedOfFile(desk: Desk, file: string): string | null {
  const [, token = '', ...parts] = /^(([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})[\w-]{22})\.ics$/.exec(file) ?? [];
  if (parts.length !== 5) return null;
  const id = parts.join('-');
  return equalSecrets(tokenOf(desk, id), token) ? id : null;
}
