import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right';
import FileText from '@lucide/svelte/icons/file-text';
import HandCoins from '@lucide/svelte/icons/hand-coins';
import Landmark from '@lucide/svelte/icons/landmark';
import Receipt from '@lucide/svelte/icons/receipt';
import Repeat from '@lucide/svelte/icons/repeat';
import Tags from '@lucide/svelte/icons/tags';
import type { Component } from 'svelte';
import type { Kind } from '../kinds/index.ts';

type Icon = Component<{ size?: number; class?: string; 'aria-hidden'?: 'true' }>;

// Only the icons that kinds name are loaded; a kind whose icon is not among them gets a sheet of paper.
const icons: Readonly<Record<string, Icon>> = {
	'arrow-left-right': ArrowLeftRight,
	'hand-coins': HandCoins,
	landmark: Landmark,
	receipt: Receipt,
	repeat: Repeat,
	tags: Tags
};

/** The icon of a kind. */
export function kindIcon(kind: Kind): Icon {
	return icons[kind.icon] ?? FileText;
}
