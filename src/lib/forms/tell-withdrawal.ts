import { toast } from 'svelte-sonner';
import { m } from '$messages';
import type { Withdrawal } from '../vault/withdraw-change.ts';

/** Says so where what a person took back had reached the server already, or may have. */
export function tellWithdrawal(withdrawal: Withdrawal, what: 'edit' | 'deletion' = 'edit'): void {
	if (withdrawal === 'landed') toast.warning(what === 'deletion' ? m.form_landed_deletion() : m.form_landed());
	if (withdrawal === 'unknown') toast.warning(m.form_landed_unknown());
}
