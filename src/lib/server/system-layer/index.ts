export { parseSystemKeys } from './system-keys.ts';
export type { SystemKeys } from './system-keys.ts';
export { SystemLayer } from './system-layer.ts';
export { partPlace } from './body-place.ts';
export type { PartPlace, RecordPlace } from './body-place.ts';
