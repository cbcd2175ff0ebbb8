/** Fetches the made-up dataset from the web address given. Prints each line of the report, then "done" or the error. */
import { fetchFiles } from '../../../src/data/_fetch.ts';
import { webSource } from '../../../src/data/_web-source.ts';

const [name = '', files = '', base = ''] = process.argv.slice(2);
await fetchFiles(name, JSON.parse(files), [webSource('a server', base)], console.log).then(
  () => console.log('done'),
  (error: Error) => console.log(error.message),
);
