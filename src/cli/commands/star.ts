import { defineMark } from './_mark.ts';

export default defineMark('star', 'starred', 'mark runs with a star: gc keeps their checkpoints');
