/** A real Slurm of one controller and two nodes on this machine, all in one folder; several side by side do not meet. */
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const NODES = ['n1', 'n2'] as const;
export type NodeName = (typeof NODES)[number];

const PACKAGES = ['slurmctld', 'slurmd', 'slurm-client', 'munge'];
const CPUS = 2;

/** Debian's packages; none of their services is started. */
export function installSlurm(): void {
  if (['slurmctld', 'slurmd', 'munged', 'sbatch'].every(isInstalled)) return;
  execFileSync('apt-get', ['update'], { stdio: 'ignore' });
  const install = ['install', '-y', '--no-install-recommends', ...PACKAGES];
  execFileSync('apt-get', install, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, RUNLEVEL: '1' } });
}

export class Loopback {
  readonly #dir: string;
  readonly #conf: string;

  constructor(dir: string) {
    this.#dir = dir;
    this.#conf = join(dir, 'slurm.conf');
  }

  /** What the commands need to find it. */
  get env(): { SLURM_CONF: string } {
    return { SLURM_CONF: this.#conf };
  }

  async start(): Promise<void> {
    // Slurm's commands of other users, and munge, want to pass through.
    chmodSync(this.#dir, 0o755);
    for (const name of ['munge', 'state', ...NODES.map(node => `spool.${node}`)])
      mkdirSync(join(this.#dir, name), { recursive: true, mode: 0o755 });
    writeFileSync(join(this.#dir, 'munge.key'), randomBytes(128), { mode: 0o600 });
    writeFileSync(this.#conf, this.#configuration(await freePorts(3)));
    run('munged', ['--num-threads=2', ...this.#mungeFiles()]);
    await until('munged', () => existsSync(join(this.#dir, 'munge/socket')));
    this.startController();
    for (const node of NODES) this.startNode(node);
    await until(
      'both nodes',
      () => this.say('sinfo', ['-h', '-N', '-o', '%N %T']).match(/ idle$/gm)?.length === NODES.length,
    );
  }

  startController(): void {
    run('slurmctld', ['-f', this.#conf, '-L', join(this.#dir, 'slurmctld.log')]);
  }

  startNode(node: NodeName): void {
    run('slurmd', ['-N', node, '-f', this.#conf, '-L', join(this.#dir, `slurmd.${node}.log`)]);
  }

  async killController(): Promise<void> {
    await end(this.#pidOf('slurmctld'), 'SIGKILL');
  }

  /** Its tasks go with it, as with a machine that loses its power. */
  async killNode(node: NodeName): Promise<void> {
    const steps = this.#stepsOf(node).flatMap(tree);
    await end(this.#pidOf(`slurmd.${node}`), 'SIGKILL');
    for (const pid of steps) await end(pid, 'SIGKILL');
  }

  async stop(): Promise<void> {
    this.say('scancel', ['--me']);
    const steps = NODES.flatMap(node => this.#stepsOf(node)).flatMap(tree);
    for (const daemon of ['slurmctld', ...NODES.map(node => `slurmd.${node}`)])
      await end(this.#pidOf(daemon), 'SIGTERM');
    for (const pid of steps) await end(pid, 'SIGKILL');
    await end(this.#pidOf('munged'), 'SIGTERM');
  }

  /** What a command says; nothing if it fails. */
  say(program: string, args: readonly string[]): string {
    return spawnSync(program, args, { env: { ...process.env, ...this.env }, encoding: 'utf8' }).stdout;
  }

  #pidOf(daemon: string): number | undefined {
    const file = join(this.#dir, `${daemon}.pid`);
    const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    // The number may be another process's by now.
    return pid > 0 && daemon.startsWith(nameOf(pid) ?? '?') ? pid : undefined;
  }

  /** They overwrite their environment; the log that they hold open says whose they are. */
  #stepsOf(node: NodeName): number[] {
    const log = join(this.#dir, `slurmd.${node}.log`);
    return pids().filter(pid => nameOf(pid) === 'slurmstepd' && openFiles(pid).includes(log));
  }

  #mungeFiles(): string[] {
    const files = {
      'key-file': 'munge.key',
      socket: 'munge/socket',
      'pid-file': 'munged.pid',
      'log-file': 'munged.log',
      'seed-file': 'munge.seed',
    };
    return Object.entries(files).map(([option, name]) => `--${option}=${join(this.#dir, name)}`);
  }

  #configuration([controller = 0, ...ports]: readonly number[]): string {
    const dir = this.#dir;
    const user = userInfo().username;
    const nodes = NODES.map(
      (node, at) =>
        `NodeName=${node} NodeHostname=localhost NodeAddr=127.0.0.1 Port=${ports[at]} CPUs=${CPUS} RealMemory=1000`,
    );
    return `ClusterName=loop
SlurmctldHost=${hostname().split('.')[0]}(127.0.0.1)
SlurmUser=${user}
SlurmdUser=${user}
SlurmctldPort=${controller}
AuthType=auth/munge
AuthInfo=socket=${dir}/munge/socket
CredType=cred/munge
StateSaveLocation=${dir}/state
SlurmdSpoolDir=${dir}/spool.%n
SlurmctldPidFile=${dir}/slurmctld.pid
SlurmdPidFile=${dir}/slurmd.%n.pid
SlurmctldLogFile=${dir}/slurmctld.log
SlurmdLogFile=${dir}/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SchedulerType=sched/backfill
SchedulerParameters=sched_min_interval=0,sched_interval=2,bf_interval=2,batch_sched_delay=0
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
ReturnToService=2
SlurmctldTimeout=10
SlurmdTimeout=10
KillWait=10
MinJobAge=300
InactiveLimit=0
MailProg=/bin/true
MaxArraySize=1001
${nodes.join('\n')}
PartitionName=main Nodes=${NODES.join()} Default=YES MaxTime=INFINITE State=UP
`;
  }
}

async function until(what: string, isSo: () => boolean, timeoutMs = 60_000): Promise<void> {
  const endMs = Date.now() + timeoutMs;
  while (!isSo()) {
    if (Date.now() > endMs) throw new Error(`waited in vain for ${what}`);
    await delay(100);
  }
}

/** The process and all below it, children first. */
function tree(pid: number): number[] {
  const children = pids().filter(one => parentOf(one) === pid);
  return [...children.flatMap(tree), pid];
}

const isInstalled = (program: string): boolean =>
  ['/usr/sbin', '/usr/bin'].some(folder => existsSync(join(folder, program)));

function run(daemon: string, args: readonly string[]): void {
  execFileSync(`/usr/sbin/${daemon}`, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function end(pid: number | undefined, signal: NodeJS.Signals): Promise<void> {
  if (pid === undefined || nameOf(pid) === undefined) return;
  process.kill(pid, signal);
  await until(`the end of ${pid}`, () => nameOf(pid) === undefined);
}

const pids = (): number[] => readdirSync('/proc').map(Number).filter(Number.isInteger);

/** Undefined for one that is gone, or dead and not yet reaped. */
function nameOf(pid: number): string | undefined {
  const [, name, state] = /\((.*)\) (\S)/.exec(readIfThere(`/proc/${pid}/stat`)) ?? [];
  return state === 'Z' || state === 'X' ? undefined : name;
}

const parentOf = (pid: number): number => Number(/^PPid:\s*(\d+)/m.exec(readIfThere(`/proc/${pid}/status`))?.[1]);

function openFiles(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map(fd => readlinkSync(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer();
      return new Promise<typeof server>(resolve => server.listen(0, '127.0.0.1', () => resolve(server)));
    }),
  );
  const ports = servers.map(server => (server.address() as { port: number }).port);
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}
