import FileText from '@lucide/svelte/icons/file-text';
import HeartPulse from '@lucide/svelte/icons/heart-pulse';
import House from '@lucide/svelte/icons/house';
import Wallet from '@lucide/svelte/icons/wallet';
import type { Component } from 'svelte';
import { kindsOf } from '$lib/kinds/index.ts';
import type { Domain } from '$lib/kinds/index.ts';
import type { EntityView } from '$lib/vault/entity-view.ts';
import { m } from '$messages';

export type Icon = Component<{ size?: number; class?: string; 'aria-hidden'?: 'true' }>;

/** One place of an entity in the bar: its Home, or a domain that has kinds. */
export interface Section {
	href: string;
	domain: Domain | null;
	icon: Icon;
	label: () => string;
}

const domains: readonly { domain: Domain; icon: Icon; label: () => string }[] = [
	{ domain: 'health', icon: HeartPulse, label: () => m.vault_health() },
	{ domain: 'finances', icon: Wallet, label: () => m.vault_finances() },
	{ domain: 'administration', icon: FileText, label: () => m.vault_papers() }
];

/** Home, and each domain that this membership opens and for which there are kinds: nothing that leads nowhere. */
export function sectionsOf(entity: EntityView): Section[] {
	const open = domains.filter(({ domain }) => entity.domains.includes(domain) && kindsOf(domain).length > 0);
	return [
		{ href: `/${entity.id}`, domain: null, icon: House, label: () => m.vault_home() },
		...open.map((section) => ({ ...section, href: `/${entity.id}/${section.domain}` }))
	];
}

/** Whether the address is the section's own or below it. */
export function isCurrent(section: Section, path: string): boolean {
	return path === section.href || (section.domain !== null && path.startsWith(`${section.href}/`));
}
