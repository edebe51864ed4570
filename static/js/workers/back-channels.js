// The service worker of private threads: says that there is something new, leads to the page, and keeps nothing.

const NEWS = "Something new in a private thread"; // where a message says it in no language
const PAGE = new URL(self.registration.scope).pathname;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  event.waitUntil(
    self.registration.showNotification(event.data?.text() || NEWS, { tag: "back-channels" }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open());
});

async function open() {
  const pages = await self.clients.matchAll({ type: "window" });
  const ours = pages.find((page) => new URL(page.url).pathname === PAGE);
  return ours ? ours.focus() : self.clients.openWindow(PAGE);
}
