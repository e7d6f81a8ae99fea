/** What `Field` gives to the control inside it, to be spread on the element a person types into. */
export interface ControlAttributes {
	id: string;
	required: true | undefined;
	'aria-describedby': string | undefined;
	'aria-invalid': 'true' | undefined;
}
