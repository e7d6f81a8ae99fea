export const prerender = true;
/** Written without content: this is the page that the service worker answers with at any address of the app. */
export const ssr = false;
