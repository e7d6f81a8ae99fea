import Building from '@lucide/svelte/icons/building';
import Car from '@lucide/svelte/icons/car';
import House from '@lucide/svelte/icons/house';
import MapPinHouse from '@lucide/svelte/icons/map-pin-house';
import PawPrint from '@lucide/svelte/icons/paw-print';
import User from '@lucide/svelte/icons/user';
import type { Icon } from '../shell/sections.ts';

/** A picture for each kind of entity. */
export const kindIcons: Readonly<Record<string, Icon>> = {
	person: User,
	household: House,
	pet: PawPrint,
	company: Building,
	property: MapPinHouse,
	vehicle: Car
};
