/** The channel on which the page tells the bench's key worker whether signatures are made. */
export const SIGNATURES = 'signatures';
