import { serveDownloads } from '../../../src/service-worker/serve-downloads.ts';

// The part of the service worker that hands files over, and nothing else of it.
serveDownloads(self);
