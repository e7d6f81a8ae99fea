import type { PlainPlace } from '../../api/plain-objects.ts';
import type { EntityView } from '../entity-view.ts';
import type { RecordStore } from '../../device/record-store.ts';
import { forgetPlain } from './plain-objects.ts';

/** Lets go of the pictures of entities that the person is no member of any more, and of those that were replaced. */
export async function forgetAvatars(
	store: RecordStore,
	before: readonly EntityView[],
	now: readonly EntityView[]
): Promise<void> {
	const shown = new Set(now.map(({ avatar }) => avatar));
	for (const { id: entity, avatar } of before) {
		if (avatar === undefined || shown.has(avatar)) continue;
		const place: PlainPlace = { entity, kind: 'avatar', id: avatar };
		await forgetPlain(store, place);
	}
}
