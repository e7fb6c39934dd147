import type { TextEdit } from '../text.ts';

/** What a light bulb offers. A command gets strings and decodes them itself. */
export type Fix =
  | {
      readonly kind: 'edit';
      readonly title: string;
      /** Exactly one candidate is proved, and this is it. */
      readonly isPreferred: boolean;
      /** Right whatever its user has in mind: *Fix All* may do it with others, unseen. */
      readonly isSafe?: boolean;
      readonly edits: readonly TextEdit[];
    }
  | {
      readonly kind: 'command';
      readonly title: string;
      readonly command: FixCommand;
      readonly arguments: readonly string[];
    };

/** The commands that fixes run. */
type FixCommand =
  'clawql.selectServer' | 'clawql.allowHost' | 'clawql.copyText' | 'clawql.newPolicy' | 'clawql.turnFunnelOff';

/** Where no edit can know the host, or the user has to choose between several. */
export const selectServerFix: Fix = {
  kind: 'command',
  title: 'ClawQL: Select Tailnet MCP Server…',
  command: 'clawql.selectServer',
  arguments: [],
};

/** Where a policy needs a rule that no edit can know: the starter shows one. */
export const newPolicyFix: Fix = {
  kind: 'command',
  title: 'ClawQL: New ClawQL Policy',
  command: 'clawql.newPolicy',
  arguments: [],
};
