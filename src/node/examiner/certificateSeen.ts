import type { DetailedPeerCertificate } from 'node:tls';
import * as z from 'zod/mini';

import type { TlsSeen } from '../../core/diagnosis/looks.ts';
import { certificateNames, longestName } from './certificateNames.ts';

/** A chain of more is no chain that a browser would take. */
const longestChain = 10;

/** A field of a name can stand in it several times. */
const nameField = z.optional(z.union([z.string(), z.array(z.string())]));
const distinguishedName = z.object({ CN: nameField, O: nameField });

const certificate = z.object({
  subject: distinguishedName,
  issuer: distinguishedName,
  subjectaltname: z.optional(z.string()),
  valid_from: z.string(),
  valid_to: z.string(),
});

/** What a certificate says of itself; undefined where the server showed none, or one that cannot be read. `distrust` is Node's code. */
export function certificateSeen(leaf: DetailedPeerCertificate, distrust: string | undefined): TlsSeen | undefined {
  const { success, data } = z.safeParse(certificate, leaf);
  if (!success) return undefined;
  const [validFrom, validTo] = [Date.parse(data.valid_from), Date.parse(data.valid_to)];
  if (Number.isNaN(validFrom) || Number.isNaN(validTo)) return undefined;
  const issuer = z.safeParse(distinguishedName, topOf(leaf).issuer);
  return {
    kind: 'certificate',
    names: certificateNames(data.subjectaltname ?? '', first(data.subject.CN)),
    issuer: wordsOf(issuer.success ? issuer.data : data.issuer),
    validFrom: new Date(validFrom).toISOString(),
    validTo: new Date(validTo).toISOString(),
    ...(distrust === undefined ? {} : { distrust }),
  };
}

/** The last certificate of those that were sent, and of the authorities here that signed them. A root is its own issuer. */
function topOf(leaf: DetailedPeerCertificate): Partial<DetailedPeerCertificate> {
  let top: Partial<DetailedPeerCertificate> = leaf;
  for (let count = 1; count < longestChain; count++) {
    const { issuerCertificate: next } = top;
    if (next === undefined || next === top) break;
    top = next;
  }
  return top;
}

/** `CN (O)`, or the one of the two that there is. */
function wordsOf({ CN, O }: z.infer<typeof distinguishedName>): string {
  const [name, organization] = [first(CN), first(O)];
  return name === '' || organization === '' ? name || organization : `${name} (${organization})`;
}

function first(field: string | readonly string[] | undefined): string {
  const [text = ''] = typeof field === 'string' ? [field] : (field ?? []);
  return text.slice(0, longestName);
}
