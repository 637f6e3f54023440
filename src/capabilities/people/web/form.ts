import { ROLES, type Role } from '#kernel/permissions.ts';
import { words } from './words.ts';

export const ROLE_OPTIONS = ROLES.map((value) => ({ value, label: words.roles[value] }));
export const roleOf = (value: string): Role => ROLES.find((role) => role === value) ?? 'responder';

/** The secret after # in a link; it never reaches a server's log. */
export const tokenInAddress = (): string => window.location.hash.slice(1);
