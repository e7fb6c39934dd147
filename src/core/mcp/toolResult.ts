import * as z from 'zod/mini';

import type { Decoded } from './messages.ts';

const result = z.object({
  content: z.array(z.object({ type: z.string(), text: z.optional(z.string()) })),
  isError: z.optional(z.boolean()),
});

const kindOfResult = z.object({ resultType: z.optional(z.string()) });

/** What a tool said: its texts, one a line; whatever else it gave is left out. */
export interface ToolText {
  readonly text: string;
  readonly isError: boolean;
}

/** Source: MCP specification 2025-06-18, `CallToolResult`; 2026-07-28, "Result Type". */
export function decodeToolResult(document: unknown): Decoded<ToolText> {
  const kind = z.safeParse(kindOfResult, document);
  const isUnfinished = kind.success && kind.data.resultType !== undefined && kind.data.resultType !== 'complete';
  if (isUnfinished) return { ok: false, reason: 'the tool asks for something before it answers' };
  const { data, success } = z.safeParse(result, document);
  if (!success) return { ok: false, reason: 'the answer to tools/call is not a CallToolResult' };
  const texts = data.content.flatMap(({ type, text }) => (type === 'text' && text !== undefined ? [text] : []));
  return { ok: true, value: { text: texts.join('\n'), isError: data.isError === true } };
}
