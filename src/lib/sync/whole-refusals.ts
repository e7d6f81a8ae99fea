import type { RefusalReason } from '../device/record-store.ts';

/** What a refusal of the whole request, by its status, says about each change in it. */
export const wholeRefusals: ReadonlyMap<number, RefusalReason> = new Map<number, RefusalReason>([
	[400, 'invalid'],
	[403, 'denied'],
	[404, 'denied'],
	[413, 'too-large'],
	[422, 'invalid']
]);
