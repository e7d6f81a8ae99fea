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

const names: Readonly<Record<Domain, () => string>> = {
	health: () => m.vault_health(),
	finances: () => m.vault_finances(),
	administration: () => m.vault_papers(),
	chat: () => m.vault_chat()
};

const domains: readonly { domain: Domain; icon: Icon }[] = [
	{ domain: 'health', icon: HeartPulse },
	{ domain: 'finances', icon: Wallet },
	{ domain: 'administration', icon: FileText }
];

/** What a domain is called in the bar. */
export function domainName(domain: Domain): string {
	return names[domain]();
}

/** Home, and each domain that this membership opens and for which there are kinds: nothing that leads nowhere. */
export function sectionsOf(entity: EntityView): Section[] {
	const open = domains.filter(({ domain }) => entity.domains.includes(domain) && kindsOf(domain).length > 0);
	return [
		{ href: `/${entity.id}`, domain: null, icon: House, label: () => m.vault_home() },
		...open.map(({ domain, icon }) => ({ href: `/${entity.id}/${domain}`, domain, icon, label: names[domain] }))
	];
}

/** Whether the address is the section's own or below it. */
export function isCurrent(section: Section, path: string): boolean {
	return path === section.href || (section.domain !== null && path.startsWith(`${section.href}/`));
}
