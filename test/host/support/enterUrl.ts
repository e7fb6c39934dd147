import type { Workbench } from '../../support/editor/workbench.ts';
import { openPicker } from './clawqlCommands.ts';

/** *ClawQL: Enter a URL…* by the palette, until it takes text. */
export async function openInput(workbench: Workbench): Promise<void> {
  await workbench.palette('ClawQL: Enter a URL…');
  await workbench.waitForText('.quick-input-title', 'ClawQL: Enter a URL');
}

/** *ClawQL: Enter a URL…* by the palette, with this text typed and confirmed. */
export async function enter(workbench: Workbench, text: string): Promise<void> {
  await openInput(workbench);
  await workbench.type(text);
  await workbench.press('Enter');
}

/** Takes an entered host out of the list by its row's button. */
export async function forget(workbench: Workbench): Promise<void> {
  await openPicker(workbench, 'entered by you');
  await workbench.pressRowButton('entered by you', 'Take it out of this list');
  await workbench.dismissQuickInput();
}
