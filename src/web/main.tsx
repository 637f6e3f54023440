import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { cache, onSignedOut } from './api.ts';
import { router } from './routes.tsx';
import './styles/index.css';
import './styles/app.css';
import { NavigationProvider } from './ui/Link.tsx';

// The style elements that overlays add pass the content security policy only with the page's nonce.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
if (nonce) setNonce(nonce);

onSignedOut(() => {
  if (/^\/(sign-in|setup|welcome)/.test(router.state.location.pathname)) return;
  cache.clear();
  void router.navigate({ to: '/sign-in', search: { to: router.state.location.href } as never });
});

const go = (href: string) => void router.navigate({ href });

const place = document.getElementById('root');
if (place)
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={cache}>
        <NavigationProvider value={go}>
          <RouterProvider router={router} />
        </NavigationProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
