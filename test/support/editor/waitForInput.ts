import { eventually } from './eventually.ts';
import type { Workbench } from './workbench.ts';

/** Waits for an input box by its placeholder: what was open before it may have the same title, and would take what is typed. */
export async function waitForInput(workbench: Pick<Workbench, 'quickInput'>, placeholder: string): Promise<void> {
  await eventually(
    () => workbench.quickInput(),
    (input) => (input?.placeholder === placeholder ? true : undefined),
    (input) => `The input is ${JSON.stringify(input)}`,
  );
}
