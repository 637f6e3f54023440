// Shows what a push service brings while the desk is closed, and opens its page. It keeps nothing and answers no request.
self.addEventListener('push', (event) => {
  let message = {};
  try {
    message = event.data ? event.data.json() : {};
  } catch {
    message = {};
  }
  event.waitUntil(
    self.registration.showNotification(message.title || 'Quarterdeck', {
      body: message.text || '',
      tag: message.tag,
      renotify: Boolean(message.tag),
      requireInteraction: message.page === true,
      icon: '/icon-192.png',
      badge: '/icon-192.png',
      data: { link: message.link || '/' },
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const link = new URL(event.notification.data?.link || '/', self.location.origin);
  // Only pages of this desk are opened, whatever a message says.
  event.waitUntil(self.clients.openWindow(link.origin === self.location.origin ? link.href : '/'));
});
