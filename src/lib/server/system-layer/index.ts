export { parseSystemKeys } from './system-keys.ts';
export type { SystemKeys } from './system-keys.ts';
export { SystemLayer } from './system-layer.ts';
export type { RecordPlace } from './body-place.ts';
