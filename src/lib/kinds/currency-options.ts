import { currencies, currencyName } from './currency.ts';
import type { Option } from './field.ts';

/** Every currency as an answer of a choice. Names are asked of `Intl` only when a screen shows them. */
export const currencyOptions: readonly Option[] = currencies.map((key) => ({
	key,
	label: {
		get en() {
			return `${key} · ${currencyName(key, 'en')}`;
		},
		get es() {
			return `${key} · ${currencyName(key, 'es')}`;
		}
	}
}));
