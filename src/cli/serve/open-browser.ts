import { spawn } from 'node:child_process';

const OPENERS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Shows the address in the reader's browser, if there is a display to show it on. Where that fails, nothing happens. */
export function openBrowser(address: string, platform = process.platform, env = process.env): void {
  const [command, ...args] = openerOf(platform, env);
  if (command === undefined) return;
  spawn(command, [...args, address], { detached: true, stdio: 'ignore', env })
    .on('error', () => {})
    .unref();
}

function openerOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly string[] {
  const hasDisplay = [env.DISPLAY, env.WAYLAND_DISPLAY].some(display => display !== undefined && display !== '');
  return OPENERS[platform] ?? (hasDisplay ? ['xdg-open'] : []);
}
