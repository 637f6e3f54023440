import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';

/** What the address says: the record number, and the filters kept in the query. */
export function useAddress() {
  const params = useParams({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const navigate = useNavigate();
  return {
    number: params['number'] ?? '',
    params,
    search,
    /** Changes filters in the address; an empty one leaves it. */
    keep(change: Readonly<Record<string, string | undefined>>) {
      const next = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value));
      void navigate({ to: '.', search: next as never, replace: true });
    },
  };
}

/** The title in the browser's tab while the page is open. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = `${title} · Quarterdeck`;
  }, [title]);
}
