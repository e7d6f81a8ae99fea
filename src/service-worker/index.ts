import { cacheNames } from 'workbox-core';
import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import type { PrecacheEntry } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { askTabs } from './ask-tabs.ts';
import { keepLate } from './keep-late.ts';
import { refreshPage } from './refresh-page.ts';
import { serveDownloads } from './serve-downloads.ts';
import { ASK_TABS, TAKE_OVER } from './tab-answer.ts';
import { takeShares } from './take-shares.ts';

declare const self: ServiceWorkerGlobalScope;

/**
 * Keeps the app itself on the device, so that it starts without a network: files of the build and nothing else. No data,
 * no answer of the server's routes is ever kept here. Files that a page has opened pass through on their way to the disk;
 * those that are shared with the app are sealed, and wait for the person in the device's store.
 *
 * Every page of a version comes with the chunks of the same version: all of them are installed together, checked by
 * their hashes, and the next version waits until the person asks for it or every tab is closed.
 */
const listed = self.__WB_MANIFEST as (PrecacheEntry & { late?: true })[];
const files = listed.filter(({ late }) => !late);
/** The page that is the app at any address: prerendered, empty, and filled in by its scripts. */
const shell = '/';
/** Addresses that are no pages of the app: they always go to the network. */
const notPages = [/^\/(?:api|supabase|download|\.well-known|_app)(?:\/|$)/, /\.[a-z0-9]+$/i];

// First of all: what these answer, nobody else is asked for.
serveDownloads(self);
takeShares(self);
keepLate(
	self,
	listed.filter(({ late }) => late)
);

self.addEventListener('fetch', (event) => {
	const { pathname, origin } = new URL(event.request.url);
	if (event.request.mode !== 'navigate' || origin !== self.location.origin) return;
	if (!isPage(pathname)) return;
	const page = files.find(({ url }) => url === pathname) ?? files.find(({ url }) => url === shell);
	if (page) event.waitUntil(refreshPage(cacheNames.precache, page));
});

// The addresses of pages carry words for the page (?next=…), never another page.
precacheAndRoute(files, { ignoreURLParametersMatching: [/.*/], directoryIndex: '', cleanURLs: false });
registerRoute(new NavigationRoute(createHandlerBoundToURL(shell), { denylist: notPages }));

// The first version takes in the page that installed it: what that page loads later is then there without a network.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
	if (event.data === TAKE_OVER) event.waitUntil(self.skipWaiting());
	if (event.data === ASK_TABS) event.waitUntil(answer(event.ports[0]));
});

async function answer(port: MessagePort | undefined): Promise<void> {
	const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
	port?.postMessage(await askTabs(tabs.filter(({ url }) => isPage(new URL(url).pathname))));
}

function isPage(pathname: string): boolean {
	return !notPages.some((pattern) => pattern.test(pathname));
}
