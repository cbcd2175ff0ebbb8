/** Where the pages are. Names may hold anything. */
export const runPath = (id: string): string => `/runs/${encodeURIComponent(id)}`;
export const experimentPath = (id: string): string => `/experiments/${encodeURIComponent(id)}`;
