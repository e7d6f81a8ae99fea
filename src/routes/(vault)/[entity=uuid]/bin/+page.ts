import type { PageLoad } from './$types';

/** The entity whose bin is shown. */
export const load: PageLoad = ({ params }) => ({ entity: params.entity });
