import type { Step } from '../../diagnosis/steps/step.ts';
import type { PageKind } from '../page/documentPage.ts';
import { linksHtml } from '../page/pageLinks.ts';
import { stepSigns, tookText, verdictSigns } from './diagnoseSigns.ts';
import type { DiagnoseVerdict } from './diagnoseVerdict.ts';
import type { DiagnoseBlock, DiagnoseSection, DiagnoseView } from './diagnoseView.ts';
import { escapeHtml, textLimit } from '../escape.ts';

/** The parts of the page in their order, each to be replaced by itself: what is read aloud or has the focus stays where it did not change. */
const regions = ['verdict', 'controls', 'steps', 'details'] as const;

/** The page of *ClawQL: Diagnose*, or of a document that is drawn so. Of its parts the verdict alone is read aloud when it changes. */
export function diagnosePage(title: string): PageKind {
  return { title, regions: regions.map((id) => ({ id, isLive: id === 'verdict' })) };
}

/** What each part of the page holds, as HTML. */
export type DiagnoseHtml = Readonly<Record<(typeof regions)[number], string>>;

/** The document of *ClawQL: Diagnose* as HTML. Its links run commands, for which the page must be trusted with them. */
export function diagnoseHtml({ verdict, controls, steps, stepsTitle, sections, about }: DiagnoseView): DiagnoseHtml {
  return {
    verdict: verdictHtml(verdict),
    controls: linksHtml(controls),
    steps:
      steps.length === 0
        ? ''
        : `<h2>${escaped(stepsTitle ?? 'Steps')}</h2><ol class="steps">${steps.map(stepHtml).join('')}</ol>`,
    details: `${sections.map(sectionHtml).join('')}<p class="about">${escaped(about)}</p>`,
  };
}

function verdictHtml({ kind, heading, cause, remedy, actions, notes }: DiagnoseVerdict): string {
  const { sign, word } = verdictSigns[kind];
  return [
    `<h1 class="${kind}">${signHtml(sign)}${heard(word)} ${escaped(heading)}</h1>`,
    ...(cause === '' ? [] : [`<p>${escaped(cause)}</p>`]),
    ...(remedy === undefined ? [] : [`<p><strong>What to do:</strong> ${escaped(remedy)}</p>`]),
    linksHtml(actions),
    ...notes.map((note) => `<p class="note">${escaped(note)}</p>`),
  ].join('');
}

function stepHtml({ title, state, seen, tookMs }: Step): string {
  const { sign, word } = stepSigns[state];
  // What has nothing to say for itself says how it stands, for everybody to read.
  const said = seen === '' ? word : escaped(seen);
  const text = `${seen === '' ? '' : heard(word)}<strong>${escaped(title)}</strong> ${said}`;
  const took = tookMs === undefined ? '' : `<span class="took">${tookText(tookMs)}</span>`;
  return `<li class="${state}">${signHtml(sign)}<span class="step">${text}</span>${took}</li>`;
}

function sectionHtml({ title, blocks }: DiagnoseSection): string {
  return `<h2>${escaped(title)}</h2>${blocks.map(blockHtml).join('')}`;
}

function blockHtml({ lead, text, items, code, links = [] }: DiagnoseBlock): string {
  const begin = lead === undefined ? '' : `<strong>${escaped(lead)}</strong> `;
  const list = items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
  return `<p>${begin}${escaped(text)}</p>${list}${code === undefined ? '' : codeHtml(code)}${linksHtml(links)}`;
}

function codeHtml(lines: readonly string[]): string {
  return `<pre><code>${lines.map(escaped).join('<br>')}</code></pre>`;
}

function signHtml(sign: string): string {
  return `<span class="sign" aria-hidden="true">${sign}</span>`;
}

/** A word in place of a sign, for those who do not see it. */
function heard(word: string): string {
  return `<span class="heard">${word}:</span> `;
}

function escaped(text: string): string {
  return escapeHtml(text, textLimit);
}
