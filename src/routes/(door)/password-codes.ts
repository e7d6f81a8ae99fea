/** The codes that say what is wrong with a new password, for the field it is typed into. */
export const passwordCodes = {
	'door/password-is-email': 'password',
	'door/password-long': 'password',
	'door/password-short': 'password',
	'door/password-weak': 'password',
	'door/same-password': 'password'
} as const;
