import { InvalidArgumentError } from 'commander';
import { defineCommand } from '../command.ts';
import type { ServeOptions } from '../serve/command.ts';

const DEFAULT_PORT = 4747;
const MOST_PORT = 65_535;

export default defineCommand({
  name: 'serve',
  group: 'experiments',
  summary: 'show experiments and runs in the browser, live',
  configure(command) {
    command
      .option('--port <n>', 'where to listen; 0: any free port', port, DEFAULT_PORT)
      .option(
        '--host <host>',
        'for others than this machine: its name or one of its addresses, or 0.0.0.0',
        '127.0.0.1',
      )
      .option(
        '--token <token>',
        'who has it may look (default: anybody on this machine; for another host a new one)',
        token,
      )
      .option('--allow-control', 'offer buttons that stop and resume runs')
      .option('--open', 'open the browser')
      .option('--json', 'print the address as JSON')
      .addHelpText('after', HELP);
  },
  async run(_, options) {
    const { serveCommand } = await import('../serve/command.ts');
    return serveCommand(options as unknown as ServeOptions);
  },
});

const HELP = `
Pages change while runs write; nothing is sent anywhere else. Ctrl-C ends the server and leaves the runs alone.
\`bench run EXPERIMENT --open\` shows one experiment while it runs.

Examples:
  bench serve --open
  bench serve --host 0.0.0.0            prints an address with a token; the connection itself is not encrypted
  ssh -L 4747:localhost:4747 machine    a way to look from elsewhere that is`;

/** It stands in an address and in a cookie. */
function token(text: string): string {
  if (/^[\w-]{12,100}$/.test(text)) return text;
  throw new InvalidArgumentError('Expected 12 to 100 letters, digits, - and _.');
}

function port(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= 0 && value <= MOST_PORT) return value;
  throw new InvalidArgumentError(`Expected a whole number from 0 to ${MOST_PORT}.`);
}
