import type { Step } from '../../../src/core/diagnosis/steps/step.ts';
import { diagnoseCommands, type DiagnoseLink } from '../../../src/core/views/diagnose/diagnoseLinks.ts';
import { stepSigns, verdictSigns } from '../../../src/core/views/diagnose/diagnoseSigns.ts';
import type { DiagnoseView } from '../../../src/core/views/diagnose/diagnoseView.ts';

/** A document that says this in every place where it says anything: one for each kind of verdict. */
export function viewsSaying(text: string): readonly DiagnoseView[] {
  const links = diagnoseCommands.map(
    (command) => ({ title: text, command, arguments: [text, text] }) as unknown as DiagnoseLink,
  );
  const steps = Object.keys(stepSigns).flatMap((state) => {
    const step: Step = { title: text, state: state as Step['state'], seen: text };
    return [step, { ...step, seen: '', tookMs: 1_234 }];
  });
  return Object.keys(verdictSigns).map((kind) => ({
    verdict: {
      kind: kind as DiagnoseView['verdict']['kind'],
      heading: text,
      cause: text,
      remedy: text,
      actions: links,
      notes: [text, text],
    },
    controls: links,
    steps,
    sections: [
      {
        title: 'Hosts',
        blocks: [
          { lead: text, text, items: [text, text] },
          { text, items: [], code: [text, text], links },
        ],
      },
    ],
    about: text,
  }));
}
