import webPush from 'web-push';

/** A new pair of keys by which push services know a desk (RFC 8292). */
export function freshPushKeys(): { readonly publicKey: string; readonly privateKey: string } {
  return webPush.generateVAPIDKeys();
}
