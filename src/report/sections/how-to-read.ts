import { type Html, html } from '../html.ts';

/** For a newcomer; folded, for everybody else. */
export const HOW_TO_READ: Html = html`<details class="guide"><summary>How to read this page</summary>
<dl>
<dt>Arm, seed, cell</dt><dd>An arm is one way to build and train the net. A seed fixes all chance in a run: the first weights, and the order of the images. A cell is one arm with one seed, trained once.</dd>
<dt>Effect</dt><dd>Runs that share a seed saw the same images in the same order, so arms are compared seed by seed, and what the seed itself brings cancels. The effect is the mean of these differences. Above 0 it supports the claim.</dd>
<dt>Interval</dt><dd>Seeds disagree, so the effect is known only so well. Of many such 95 % intervals, 95 in 100 hold the true effect.</dd>
<dt>Margin</dt><dd>The smallest effect that would matter, fixed before the first run.</dd>
<dt>Verdict</dt><dd><em>Confirmed</em>: the whole interval lies beyond the margin. <em>Refuted</em>: the whole interval falls short of it. <em>Inconclusive</em>: neither, the data do not say. A claim that two arms differ little (equivalence) is confirmed when the whole interval lies between both margins, and refuted when it lies outside.</dd>
<dt>Interaction</dt><dd>A difference of differences: how much more one factor changes the outcome at one level of the other factor.</dd>
<dt>p</dt><dd>If seeds favoured either side by a coin’s toss, the share of tosses that give an effect at least this far from 0. With five seeds it cannot be below 0.0625, so verdicts rest on the interval and p stands beside it.</dd>
</dl>
</details>`;
