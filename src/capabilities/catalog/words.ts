/** By which the search finds a service beside its name. */
export function serviceWords({
  slug,
  summary,
  capability,
  tags,
}: {
  readonly slug: string;
  readonly summary: string;
  readonly capability: string;
  readonly tags: readonly string[];
}): string {
  return [slug, summary, capability, ...tags].join(' ');
}

interface ComponentWords {
  readonly type: string;
  readonly address: string;
  readonly cloudId: string;
  readonly summary: string;
  readonly tags: readonly string[];
}

/** By which the search finds a component beside its name. */
export function componentWords({ type, address, cloudId, summary, tags }: ComponentWords): string {
  return [type, address, cloudId, summary, ...tags].join(' ');
}
