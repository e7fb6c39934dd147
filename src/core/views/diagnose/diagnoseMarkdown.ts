import type { Step } from '../../diagnosis/steps/step.ts';
import { stepSigns, tookText, verdictSigns } from './diagnoseSigns.ts';
import type { DiagnoseVerdict } from './diagnoseVerdict.ts';
import type { DiagnoseBlock, DiagnoseView } from './diagnoseView.ts';
import { escapePasted, textLimit } from '../escape.ts';

/**
 * The document of *ClawQL: Diagnose* as Markdown to paste, without its links: they work nowhere else. Each text goes through `shown` before
 * it is escaped.
 */
export function diagnoseMarkdown(view: DiagnoseView, shown: (text: string) => string): string {
  const { verdict, steps, stepsTitle = 'Steps', sections, about } = view;
  const write: Write = (text) => escapePasted(shown(text), textLimit);
  const paragraphs = [
    '# ClawQL: Diagnose',
    ...verdictParts(verdict, write),
    ...(steps.length === 0 ? [] : [`## ${write(stepsTitle)}`, steps.map((step) => stepLine(step, write)).join('\n')]),
    ...sections.flatMap(({ title, blocks }) => [`## ${title}`, ...blocks.flatMap((block) => blockParts(block, write))]),
    '---',
    write(about),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

type Write = (text: string) => string;

function verdictParts({ kind, heading, cause, remedy, notes }: DiagnoseVerdict, write: Write): readonly string[] {
  return [
    `**${verdictSigns[kind].sign} ${write(heading)}**`,
    ...(cause === '' ? [] : [write(cause)]),
    ...(remedy === undefined ? [] : [`**What to do:** ${write(remedy)}`]),
    ...notes.map(write),
  ];
}

function stepLine({ title, state, seen, tookMs }: Step, write: Write): string {
  const { sign, word } = stepSigns[state];
  const took = tookMs === undefined ? '' : ` (${tookText(tookMs)})`;
  return `- ${sign} ${write(title)}: ${write(seen === '' ? word : seen)}${took}`;
}

function blockParts({ lead, text, items, code }: DiagnoseBlock, write: Write): readonly string[] {
  const begin = lead === undefined ? '' : `**${write(lead)}** `;
  return [
    `${begin}${write(text)}`,
    ...(items.length === 0 ? [] : [items.map((item) => `- ${write(item)}`).join('\n')]),
    ...(code === undefined ? [] : [code.map((line) => `- ${write(line)}`).join('\n')]),
  ];
}
