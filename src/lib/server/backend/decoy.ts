/** The address of the account that stands in where there is none; every backend in this process makes it at its start. */
export const DECOY = 'nobody@arca.invalid';
