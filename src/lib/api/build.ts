/** The header in which the server names its build (that of the pages it serves), on every answer with data. */
export const BUILD_HEADER = 'arca-build';
