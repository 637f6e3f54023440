import type { Role } from '#kernel/permissions.ts';

const LENGTH_LEAST = 12;

/** Words that open most leaked lists; a password that is one of them with a few digits around is refused. */
const COMMON = new Set(
  (
    'password passwort passw0rd p@ssword p@ssw0rd letmein welcome willkommen qwerty qwertz qwertyuiop qwertzuiop asdfgh asdfghjkl ' +
    'zxcvbn zxcvbnm iloveyou monkey dragon master superman batman sunshine princess football baseball soccer shadow michael jennifer jordan hunter ' +
    'trustno admin administrator root toor changeme change default secret login guest test testing temp server network company office summer winter ' +
    'spring autumn january february march april june july august september october november december monday tuesday friday sommer herbst ' +
    'computer internet google facebook microsoft windows linux ubuntu debian cisco oracle postgres database quarterdeck hello hallo whatever ' +
    'freedom starwars pokemon naruto charlie daniel thomas andrew joshua matthew robert george ashley nicole jessica amanda ginger pepper cookie ' +
    'cheese chocolate banana orange purple yellow silver golden flower butterfly angel lovely abc abcd abcdef azerty access pass passcode passphrase ' +
    'correcthorsebatterystaple ncc1701 matrix mustang corvette ferrari porsche mercedes yankees liverpool arsenal chelsea barcelona'
  ).split(/\s+/),
);

/** Why a password is refused (NIST SP 800-63B: length and known-bad values, no composition rules); nothing when it is good. */
export function refusePassword(password: string, about: { readonly name: string; readonly email: string }): string | undefined {
  if (password.length < LENGTH_LEAST) return `Use at least ${LENGTH_LEAST} characters. Four unrelated words are good and easy to keep.`;
  const plain = password.toLowerCase().replace(/[\s\-_.]+/g, '');
  if (new Set(plain).size <= 3) return 'This repeats too few characters. Four unrelated words are good.';
  if (isRun(plain)) return 'This is a row of neighbouring characters, which is guessed first. Four unrelated words are good.';
  const core = unleet(plain).replace(/^[^a-z]+|[^a-z]+$/g, '');
  if (COMMON.has(plain) || COMMON.has(core) || isRepeated(core)) return 'This is on the lists that attackers try first. Four unrelated words are good.';
  const own = [about.email.split('@')[0] ?? '', ...about.name.toLowerCase().split(/\s+/)].filter((part) => part.length >= 4);
  const ownPart = own.find((part) => plain.includes(part.toLowerCase()) && plain.length - part.length < 6);
  if (ownPart) return `This is little more than your own name (${ownPart}). Four unrelated words are good.`;
  return undefined;
}

function unleet(text: string): string {
  const plain: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' };
  const bare = text.replace(/[0-9!@#$%^&*]+$/, '');
  return (bare === '' ? text : bare).replace(/[013457@$!]/g, (c) => plain[c] ?? c);
}

function isRun(text: string): boolean {
  const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiopasdfghjklzxcvbnm', 'qwertzuiopasdfghjklyxcvbnm', '1q2w3e4r5t6y7u8i9o0p'];
  return rows.some((row) => row.includes(text) || [...row].toReversed().join('').includes(text));
}

function isRepeated(core: string): boolean {
  for (let size = 3; size <= core.length / 2; size += 1) {
    const part = core.slice(0, size);
    if (core.length % size === 0 && part.repeat(core.length / size) === core && COMMON.has(part)) return true;
  }
  return false;
}

/** A desk must keep one administrator who can sign in. */
export function refuseLosingAdmin(change: { readonly was: Role; readonly becomes: Role | 'left'; readonly otherAdmins: number }): string | undefined {
  if (change.was !== 'admin' || change.becomes === 'admin' || change.otherAdmins > 0) return undefined;
  return 'This is the last administrator. Make somebody else an administrator first.';
}

export function refuseScopes(scopes: readonly string[] | null, own: readonly string[]): string | undefined {
  const unknown = scopes?.find((scope) => scope !== '*' && !own.some((can) => can === scope || (scope.endsWith('.*') && can.startsWith(scope.slice(0, -1)))));
  return unknown === undefined ? undefined : `The scope ${unknown} is not one of your permissions. Yours: ${own.join(', ')}.`;
}
