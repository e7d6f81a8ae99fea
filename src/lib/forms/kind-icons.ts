import Activity from '@lucide/svelte/icons/activity';
import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right';
import BadgeCheck from '@lucide/svelte/icons/badge-check';
import CalendarHeart from '@lucide/svelte/icons/calendar-heart';
import Car from '@lucide/svelte/icons/car';
import ClipboardCheck from '@lucide/svelte/icons/clipboard-check';
import Contact from '@lucide/svelte/icons/contact';
import CreditCard from '@lucide/svelte/icons/credit-card';
import FileHeart from '@lucide/svelte/icons/file-heart';
import FilePen from '@lucide/svelte/icons/file-pen';
import FileSpreadsheet from '@lucide/svelte/icons/file-spreadsheet';
import FileText from '@lucide/svelte/icons/file-text';
import Gem from '@lucide/svelte/icons/gem';
import HandCoins from '@lucide/svelte/icons/hand-coins';
import House from '@lucide/svelte/icons/house';
import IdCard from '@lucide/svelte/icons/id-card';
import Landmark from '@lucide/svelte/icons/landmark';
import ListTodo from '@lucide/svelte/icons/list-todo';
import NotebookPen from '@lucide/svelte/icons/notebook-pen';
import PiggyBank from '@lucide/svelte/icons/piggy-bank';
import Pill from '@lucide/svelte/icons/pill';
import Receipt from '@lucide/svelte/icons/receipt';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import Repeat from '@lucide/svelte/icons/repeat';
import Scale from '@lucide/svelte/icons/scale';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import ShieldAlert from '@lucide/svelte/icons/shield-alert';
import Siren from '@lucide/svelte/icons/siren';
import Stamp from '@lucide/svelte/icons/stamp';
import Stethoscope from '@lucide/svelte/icons/stethoscope';
import Tags from '@lucide/svelte/icons/tags';
import Target from '@lucide/svelte/icons/target';
import TrendingUp from '@lucide/svelte/icons/trending-up';
import Umbrella from '@lucide/svelte/icons/umbrella';
import Zap from '@lucide/svelte/icons/zap';
import type { Component } from 'svelte';
import type { Kind } from '../kinds/index.ts';

type Icon = Component<{ size?: number; class?: string; 'aria-hidden'?: 'true' }>;

// Only the icons that kinds name are loaded; a kind whose icon is not among them gets a sheet of paper.
const icons: Readonly<Record<string, Icon>> = {
	activity: Activity,
	'arrow-left-right': ArrowLeftRight,
	'badge-check': BadgeCheck,
	'calendar-heart': CalendarHeart,
	car: Car,
	'clipboard-check': ClipboardCheck,
	contact: Contact,
	'credit-card': CreditCard,
	'file-heart': FileHeart,
	'file-pen': FilePen,
	'file-spreadsheet': FileSpreadsheet,
	gem: Gem,
	'hand-coins': HandCoins,
	house: House,
	'id-card': IdCard,
	landmark: Landmark,
	'list-todo': ListTodo,
	'notebook-pen': NotebookPen,
	'piggy-bank': PiggyBank,
	pill: Pill,
	receipt: Receipt,
	'refresh-cw': RefreshCw,
	repeat: Repeat,
	scale: Scale,
	'scroll-text': ScrollText,
	'shield-alert': ShieldAlert,
	siren: Siren,
	stamp: Stamp,
	stethoscope: Stethoscope,
	tags: Tags,
	target: Target,
	'trending-up': TrendingUp,
	umbrella: Umbrella,
	zap: Zap
};

/** The icon of a kind. */
export function kindIcon(kind: Kind): Icon {
	return icons[kind.icon] ?? FileText;
}
