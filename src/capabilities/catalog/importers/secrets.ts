/** Keys whose values are never kept, in any format. */
const secretKey =
  /(?<!com|by|tres|sur)pass($|[^a-z])|pass(wor[dt]|wd|phrase|code)|kennwort|geheim|zugangsdaten|mot.?de.?passe|contrase|pwd|(^|[_.-])pw($|[_.-])|secret|token|private[_-]?key|(api|access|auth|account|integration|encryption|signing|shared|ssh|service|storage|license|routing|write|host|master)[_-]?keys?($|[^a-z])|apikey|credential|certificate_pem|_pem$|\.pem$|connection_?string|(^|[_.-])(dsn|auth|bearer|cookie|jwt|salt|vault|private)($|[_.-])|kubeconfig|last-applied-configuration/i;

/** Values that are secrets under any name: keys, vault texts, tokens of known services, addresses with a password. */
const secretValue =
  /-----BEGIN |\$ANSIBLE_VAULT|^eyJ[\w-]{10,}\.|^(gh[posu]_|github_pat_|glpat-|xox[abprs]-|dop_v1_|hvs\.|[sr]k[-_]\w{8}|(AKIA|ASIA)[0-9A-Z]{8})|[a-z][a-z0-9+.-]*:\/\/[^\s/@]*:[^\s/@]*@|(password|passwd|pwd|secret|token|accountkey)\s*[=:]\s*\S/i;

/** Only the first 1000 characters are looked at: no text that is kept is longer. */
export function isSecret(key: string, value: string): boolean {
  return secretKey.test(key.slice(0, 300).replace(/([a-z])([A-Z])/g, '$1_$2')) || secretValue.test(value.slice(0, 1000));
}

/** A web address without user name and password; null for everything that is not http or https. */
export function safeUrl(text: string): string | null {
  if (text.length > 1000 || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isPlain = url.username === '' && url.password === '' && ![...url.searchParams.keys()].some((name) => isSecret(name, ''));
  return isPlain ? text : null;
}
