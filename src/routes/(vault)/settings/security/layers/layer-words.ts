import { m } from '$messages';
import type { LayerName } from './layers-of.ts';

interface Words {
	title: () => string;
	against: () => string;
	notAgainst: () => string;
}

/** What each layer is called, what it protects against and what it does not. */
export const layerWords: Readonly<Record<LayerName, Words>> = {
	'sign-in': { title: m.layer_sign_in, against: m.layer_sign_in_against, notAgainst: m.layer_sign_in_not },
	rows: { title: m.layer_rows, against: m.layer_rows_against, notAgainst: m.layer_rows_not },
	storage: { title: m.layer_storage, against: m.layer_storage_against, notAgainst: m.layer_storage_not },
	disk: { title: m.layer_disk, against: m.layer_disk_against, notAgainst: m.layer_disk_not },
	system: { title: m.layer_system, against: m.layer_system_against, notAgainst: m.layer_system_not },
	user: { title: m.layer_user, against: m.layer_user_against, notAgainst: m.layer_user_not },
	device: { title: m.layer_device, against: m.layer_device_against, notAgainst: m.layer_device_not }
};
