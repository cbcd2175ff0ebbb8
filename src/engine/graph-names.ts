/** Names of the nodes that a session is fed and fetched by. `state` is the entry that reads and writes all variables. */
export const readOf = (entry: string, variable: string): string => `${entry}/read/${variable}`;
export const inputOf = (entry: string, input: string): string => `${entry}/input/${input}`;
export const outputOf = (entry: string, output: string): string => `${entry}/output/${output}`;
export const handleOf = (variable: string): string => `variable/${variable}`;
