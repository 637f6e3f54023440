/** Path inside the upload → content. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Files for a source of the catalog, as the wizard and `qd import` send them; the answer names the run when there is one. */
export async function upload(desk: { readonly url: string; readonly token: string }, number: string, files: Files): Promise<{ readonly status: number; readonly run: string }> {
  const answer = await fetch(`${desk.url}/api/v1/imports/${number}/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ files: Object.entries(files).map(([path, content]) => ({ path, base64: Buffer.from(content).toString('base64') })) }),
  });
  const { run = '' } = (await answer.json()) as { run?: string };
  return { status: answer.status, run };
}
