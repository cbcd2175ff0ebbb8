/** From the state of a folder to what is worth doing next. */
import type { ClaimVerdict, RunState } from '../../core/results.ts';

export interface FolderState {
  /** TensorFlow is there. */
  isSetUp: boolean;
  /** The project's own. */
  experiments: readonly string[];
  newest: NewestExperiment | null;
}

/** The experiment that was run last. */
export interface NewestExperiment {
  id: string;
  tier: string;
  /** Another program trained it. */
  isTracked: boolean;
  /** Its file is there, so that it can be run. */
  isKnown: boolean;
  /** Runs the same plan again, its settings included: `npx bench run ID --tier quick --set steps=60`. */
  command: string;
  /** A process of this machine runs it. */
  isHeld: boolean;
  /** Of each cell's run. */
  states: readonly RunState[];
  /** Of its first claim. */
  verdict: Pick<ClaimVerdict, 'outcome' | 'sentence' | 'seedsNeeded'> | null;
  /** The page, where there is one. */
  report: string | null;
  isRecorded: boolean;
}

export interface Advice {
  /** In one sentence, how things stand. */
  about: string;
  /** The first is what most people want. */
  steps: readonly Step[];
}

interface Step {
  command: string;
  why: string;
}

export function adviceFor({ isSetUp, experiments, newest }: FolderState): Advice {
  if (!isSetUp) return { about: 'TensorFlow is not set up here.', steps: SET_UP };
  if (newest !== null) return adviceAbout(newest);
  if (experiments.length === 0) return { about: 'Nothing was run here yet.', steps: BEGIN };
  return {
    about: `Nothing was run here yet. Experiments: ${experiments.join(', ')}.`,
    steps: first(experiments[0] as string),
  };
}

const SET_UP: readonly Step[] = [
  { command: 'npx bench doctor --fix', why: 'provides it, once for all projects (about 300 MB)' },
  { command: 'npx bench doctor', why: 'says what this machine has and what is missing' },
];

const BEGIN: readonly Step[] = [
  { command: 'npx bench init', why: 'begins a project of your own in this folder' },
  { command: 'npx bench run degradation-34 --tier smoke', why: 'shows in a minute that all works' },
  { command: 'npx bench claims', why: 'lists the experiments that come with bench' },
];

const first = (id: string): readonly Step[] => [
  { command: `npx bench run ${id} --tier smoke`, why: 'a few steps of each cell: does it work?' },
  { command: `npx bench run ${id}`, why: 'runs it and states its verdict' },
];

function adviceAbout(newest: NewestExperiment): Advice {
  const { id, tier, states, isTracked, isKnown, isHeld } = newest;
  const count = (...some: RunState[]): number => states.filter(state => some.includes(state)).length;
  const name = `${id} (${tier})`;
  if (count('running') > 0 || isHeld)
    return {
      about: `${name} is running: ${count('finished')} of ${states.length} cells that were begun are finished.`,
      steps: watching(newest),
    };
  const broken = count('failed', 'crashed');
  if (broken > 0) return { about: `${name}: ${broken} of ${states.length} cells failed.`, steps: mending(newest) };
  if (isTracked) return { about: `${name}: ${states.length} runs of another program.`, steps: lookingAt(id) };
  if (!isKnown) return { about: `${name}: its file is no longer in experiments/.`, steps: lookingAt(id) };
  if (count('finished') < states.length || newest.verdict === null)
    return {
      about: `${name} was stopped: ${count('finished')} of ${states.length} cells that were begun are finished.`,
      steps: goingOn(newest),
    };
  return judged(newest, newest.verdict);
}

function watching({ command, isTracked }: NewestExperiment): readonly Step[] {
  const live = { command: 'npx bench serve --open', why: 'shows its curves as they grow' };
  return isTracked
    ? [live]
    : [{ command: command.replace(' run ', ' watch '), why: 'follows it to its verdict' }, live];
}

const goingOn = ({ command }: NewestExperiment): readonly Step[] => [{ command, why: 'goes on where it stopped' }];

const mending = (newest: NewestExperiment): readonly Step[] => [
  { command: `npx bench list ${newest.id} --where 'state = failed or state = crashed'`, why: 'names them' },
  { command: 'npx bench show RUN', why: 'says why one ended' },
  ...(newest.isTracked || !newest.isKnown ? [] : goingOn(newest)),
];

const lookingAt = (id: string): readonly Step[] => [
  { command: `npx bench list ${id}`, why: 'lists its runs' },
  { command: `npx bench compare ${id}`, why: 'writes the page that compares them' },
];

function judged(
  { id, tier, command, report, isRecorded }: NewestExperiment,
  verdict: NonNullable<NewestExperiment['verdict']>,
): Advice {
  const page = report ?? `reports/${id}.html`;
  const steps = [
    report === null && { command: `npx bench report ${id}`, why: `writes ${page}` },
    tier === 'smoke' && { command: `npx bench run ${id}`, why: 'a tier that can decide it' },
    tier !== 'smoke' && verdict.outcome === 'inconclusive' && moreSeeds(id, command, verdict.seedsNeeded),
    tier !== 'smoke' &&
      !isRecorded && { command: `npx bench record ${id} --tier ${tier}`, why: 'keeps what was found, to be committed' },
    { command: `npx bench show ${id}`, why: 'its cells and verdicts' },
    { command: 'npx bench new experiment NAME', why: 'the next question' },
  ];
  const seen = report === null ? '' : ` Report: ${report}.`;
  return { about: `${id} (${tier}): ${verdict.sentence}${seen}`, steps: steps.filter(step => step !== false) };
}

const moreSeeds = (id: string, command: string, seeds: number | null): Step =>
  seeds === null
    ? { command: `npx bench plan --effect 1sd --noise from:${id}`, why: 'how many seeds would decide it' }
    : { command: `${command.replace(/ --seeds \d+/, '')} --seeds ${seeds}`, why: 'more seeds, as a new plan' };
