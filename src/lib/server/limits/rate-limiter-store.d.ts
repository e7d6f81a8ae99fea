/** The package has a type for it and exports no value of that name. */
declare module 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js' {
	import { RateLimiterStoreAbstract } from 'rate-limiter-flexible';
	export default RateLimiterStoreAbstract;
}
