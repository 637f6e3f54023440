export interface LabelledLink {
  readonly label: string;
  readonly url: string;
}

/** "Runbook https://…" on each line; a line that is only an address is its own label. */
export function linksOf(text: string): LabelledLink[] {
  return text.split('\n').flatMap((line) => {
    const [, label = '', url = ''] = /^\s*(.*?)\s*(\S+)\s*$/.exec(line) ?? [];
    return url ? [{ label: label || url, url }] : [];
  });
}

export const writtenLinks = (links: readonly LabelledLink[]): string => links.map(({ label, url }) => (label === url ? url : `${label} ${url}`)).join('\n');

/** A list is one field here, so a problem with one of its entries belongs to it. */
export function atOneField<P extends { readonly fields?: readonly { readonly field: string; readonly sentence: string }[] | undefined }>(problem: P | undefined): P | undefined {
  if (!problem?.fields) return problem;
  return { ...problem, fields: problem.fields.map((each) => (/^(links|tags)\b/.test(each.field) ? { ...each, field: each.field.replace(/\W.*/, '') } : each)) };
}
