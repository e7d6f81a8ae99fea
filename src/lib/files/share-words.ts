/** Where the system posts files that are shared with the installed app; asked for, it says why nothing was kept. */
export const SHARE = '/share';
/** The field of the form that holds them, as the manifest names it. */
export const SHARE_FIELD = 'files';
/** Where the person says what is to become of them. */
export const SHARED = '/shared';

/** Where the system is sent on to when nothing was kept. @param why a code of ours */
export function refusedShare(why: string): string {
	return `${SHARE}?refused=${why}`;
}
