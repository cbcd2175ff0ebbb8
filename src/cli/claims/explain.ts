/** `bench explain`: an experiment for somebody who has not read the paper. */
import { claimedArms } from '../../core/arms.ts';
import { EXIT, type ExitCode } from '../../core/errors.ts';
import type { Claim, ClaimKind, CountedExperiment, Experiment } from '../../core/experiment.ts';
import { plainText } from '../../core/plain-text.ts';
import { type ClaimEffect, type ClaimRow, claimRow, valueText } from '../../report/records/claim-row.ts';
import { readRecord } from '../../report/records/record-file.ts';
import { isTrained, loadSpec } from '../../runner/experiments.ts';
import { formatEffect } from '../../stats/index.ts';
import { colour } from '../output/colour.ts';
import { printJson } from '../output/json.ts';

type Spec = Experiment | CountedExperiment;
type Section = readonly [title: string, lines: readonly string[]];

export async function explainCommand(id: string, json: boolean): Promise<ExitCode> {
  const spec = await loadSpec(id);
  const sections = sectionsOf(spec, claimRow(spec, readRecord(id)));
  if (json) printJson({ id, title: spec.title, sections: Object.fromEntries(sections) });
  else process.stdout.write(`${spec.title}\n${sections.map(sectionText).join('')}`);
  return EXIT.ok;
}

function sectionsOf(spec: Spec, row: ClaimRow): Section[] {
  const sections: Section[] = [
    ['The question', [spec.question]],
    ['The claim', row.effects.map(({ statement, published }) => `${statement}. Published: ${published}.`)],
    ['Why it was believed', [...(spec.believed ? [spec.believed] : []), `Source: ${spec.source}.`]],
    ['What is done', isTrained(spec) ? experimentLines(spec) : ['Our nets are built and counted; nothing is trained.']],
    ['How to read it', [...rulesOf(spec), ...(spec.reading ? [spec.reading] : [])]],
    ['What came out', resultLines(row)],
    ['What it cannot say', spec.limits],
  ];
  return sections.filter(([, lines]) => lines.length > 0);
}

const sectionText = ([title, lines]: Section): string =>
  `\n${colour(title, 'bold')}\n${lines.map(line => `  ${plainText(line)}\n`).join('')}`;

function experimentLines(spec: Experiment): string[] {
  const { base, tiers, choice } = spec;
  const arms = claimedArms(spec);
  const about = Object.entries(tiers).map(
    ([name, tier]) => `${name}: ${tier.seeds === 1 ? '1 seed' : `${tier.seeds} seeds`}, ${tier.about}`,
  );
  return [
    `${base.net} on ${base.dataset}, in ${arms.length} ${arms.length === 1 ? 'form' : 'forms'}: ${arms.join(', ')}.`,
    ...(choice
      ? [`Each has the ${choice.factor} of its own that gives the least ${choice.by}, on held-out images.`]
      : []),
    ...about,
    `npx bench run ${spec.id} runs it and states the verdict.`,
  ];
}

const RULES: Record<ClaimKind, (margin: string) => string> = {
  superiority: margin => `confirmed if the whole 95 % interval lies above ${margin}, refuted if it lies below`,
  interaction: margin =>
    `a difference of differences: confirmed if the whole interval lies above ${margin}, refuted if below`,
  equivalence: margin => `confirmed if the whole interval lies within ±${margin}, refuted if it lies outside`,
};

function rulesOf(spec: Spec): string[] {
  if (!isTrained(spec)) return ['A count is right or wrong: there are no seeds and no interval.'];
  const rules = spec.claims.map(ruleOf);
  const { conjunction } = spec;
  const all = conjunction ? [`${conjunction.id}: confirmed if all of ${conjunction.parts.join(', ')} are`] : [];
  return [
    'The effect is taken seed by seed between arms that share it; above 0 it supports the claim.',
    ...all,
    ...rules,
  ];
}

const ruleOf = ({ id, kind, metric, margin, unit }: Claim): string =>
  `${id} (${metric}): ${RULES[kind](margin === 0 ? '0' : formatEffect(margin, unit))}`;

function resultLines({ effects, record, seeds, tier, ran }: ClaimRow): string[] {
  if (record === null) return ['It was not run yet, or not recorded.'];
  const how = seeds > 0 ? `${seeds} seeds, tier ${tier}, ${ran}` : ran;
  return [...effects.map(resultLine), `From ${record} (${how}).`];
}

const resultLine = (effect: ClaimEffect): string => `${effect.name}: ${effect.verdict}, ${valueText(effect)}`;
