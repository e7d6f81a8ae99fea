/** The channel on which the page tells the bench's key worker what is no call of a verb. */
export const SIGNATURES = 'signatures';

/** Whether signatures are made; or to collect what is not in use. */
export type Told = boolean | 'collect';
