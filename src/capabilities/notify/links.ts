import type { Desk } from '#kernel/desk.ts';
import { equalSecrets } from '#kernel/ids.ts';

/** The secret part of an acknowledge link: bound to one notification (and by it to one person). */
export function linkToken(desk: Desk, notificationId: string): string {
  return `${notificationId.replaceAll('-', '')}${desk.vault.sign('acknowledge link', notificationId).toString('base64url').slice(0, 22)}`;
}

/** The notification of a token, or null when the token was forged. */
export function notificationOfToken(desk: Desk, token: string): string | null {
  const found = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})[\w-]{22}$/.exec(token);
  if (!found) return null;
  const id = found.slice(1, 6).join('-');
  return equalSecrets(linkToken(desk, id), token) ? id : null;
}
