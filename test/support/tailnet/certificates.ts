import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './command.ts';
import { authorityFile } from './labDescription.ts';

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Files in PEM form. */
export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

/** Makes an authority in `directory`; the lab's own is trusted by the lab alone. */
export async function createAuthority(directory: string, name = 'Lab authority'): Promise<void> {
  const files = ['-keyout', path.join(directory, 'ca.key'), '-out', authorityFile(directory)];
  await openssl(['req', '-x509', ...newKey, ...files, '-days', '30', '-subj', `/CN=${name}`]);
}

/** What is wrong with a certificate: an authority that nobody trusts, its time, the name that it is for. */
export type CertificateFault = 'stranger' | 'expired' | 'other-name';

/** A certificate of the lab's authority for one DNS name, as `NAME.crt` and `NAME.key` in an existing `folder`. */
export async function createCertificate(directory: string, folder: string, name: string): Promise<CertificateFiles> {
  return sign({ authority: directory, folder, name, days: 30 });
}

/** A certificate with a fault, for the name of the node at which it shall be shown; in a folder of its own below `folder`. */
export async function createFaultyCertificate(
  directory: string,
  folder: string,
  name: string,
  fault: CertificateFault,
): Promise<CertificateFiles> {
  const own = path.join(folder, fault);
  await mkdir(own, { recursive: true });
  if (fault === 'stranger') await createAuthority(own, 'A stranger');
  return sign({
    authority: fault === 'stranger' ? own : directory,
    folder: own,
    name: fault === 'other-name' ? `other.${name}` : name,
    days: fault === 'expired' ? -1 : 30,
  });
}

interface SigningRequest {
  /** The folder of the authority that signs. */
  readonly authority: string;
  readonly folder: string;
  readonly name: string;
  /** Until when it holds, from now. */
  readonly days: number;
}

async function sign({ authority, folder, name, days }: SigningRequest): Promise<CertificateFiles> {
  const file = (extension: string) => path.join(folder, `${name}.${extension}`);
  await openssl(['req', ...newKey, '-keyout', file('key'), '-out', file('csr'), '-subj', `/CN=${name}`]);
  await writeFile(file('ext'), `subjectAltName=DNS:${name}\n`);
  const signer = ['-CA', authorityFile(authority), '-CAkey', path.join(authority, 'ca.key')];
  const extensions = ['-extfile', file('ext'), '-days', String(days)];
  await openssl(['x509', '-req', '-in', file('csr'), ...signer, ...extensions, '-out', file('crt')]);
  return { cert: file('crt'), key: file('key') };
}

async function openssl(args: readonly string[]): Promise<void> {
  await run({ file: 'openssl', args });
}
