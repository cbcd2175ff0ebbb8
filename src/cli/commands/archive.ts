import { defineMark } from './_mark.ts';

const SUMMARY = 'leave runs out of bench list; they still count for results and verdicts';

export default defineMark('archive', 'archived', SUMMARY);
