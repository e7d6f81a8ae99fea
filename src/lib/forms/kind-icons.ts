import Activity from '@lucide/svelte/icons/activity';
import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right';
import CalendarHeart from '@lucide/svelte/icons/calendar-heart';
import ClipboardCheck from '@lucide/svelte/icons/clipboard-check';
import FileText from '@lucide/svelte/icons/file-text';
import HandCoins from '@lucide/svelte/icons/hand-coins';
import Landmark from '@lucide/svelte/icons/landmark';
import NotebookPen from '@lucide/svelte/icons/notebook-pen';
import Pill from '@lucide/svelte/icons/pill';
import Receipt from '@lucide/svelte/icons/receipt';
import Repeat from '@lucide/svelte/icons/repeat';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import ShieldAlert from '@lucide/svelte/icons/shield-alert';
import Siren from '@lucide/svelte/icons/siren';
import Stethoscope from '@lucide/svelte/icons/stethoscope';
import Tags from '@lucide/svelte/icons/tags';
import Zap from '@lucide/svelte/icons/zap';
import type { Component } from 'svelte';
import type { Kind } from '../kinds/index.ts';

type Icon = Component<{ size?: number; class?: string; 'aria-hidden'?: 'true' }>;

// Only the icons that kinds name are loaded; a kind whose icon is not among them gets a sheet of paper.
const icons: Readonly<Record<string, Icon>> = {
	activity: Activity,
	'arrow-left-right': ArrowLeftRight,
	'calendar-heart': CalendarHeart,
	'clipboard-check': ClipboardCheck,
	'hand-coins': HandCoins,
	landmark: Landmark,
	'notebook-pen': NotebookPen,
	pill: Pill,
	receipt: Receipt,
	repeat: Repeat,
	'scroll-text': ScrollText,
	'shield-alert': ShieldAlert,
	siren: Siren,
	stethoscope: Stethoscope,
	tags: Tags,
	zap: Zap
};

/** The icon of a kind. */
export function kindIcon(kind: Kind): Icon {
	return icons[kind.icon] ?? FileText;
}
