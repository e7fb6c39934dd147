import { diagnosePage } from '../../core/views/diagnose/diagnoseHtml.ts';
import { diagnoseCommands } from '../../core/views/diagnose/diagnoseLinks.ts';
import type { PanelKind } from '../documentPanel.ts';

/** A document that is drawn as that of *ClawQL: Diagnose* is. `viewType` is what `package.json` knows it by. */
export function diagnosePanel(viewType: string, title: string): PanelKind {
  return { viewType, page: diagnosePage(title), commands: diagnoseCommands };
}
