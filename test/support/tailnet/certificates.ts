import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './command.ts';
import { authorityFile } from './labDescription.ts';

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Files in PEM form. */
export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

/** Makes an authority that only the lab trusts, in `directory`. */
export async function createAuthority(directory: string): Promise<void> {
  const files = ['-keyout', path.join(directory, 'ca.key'), '-out', authorityFile(directory)];
  await openssl(['req', '-x509', ...newKey, ...files, '-days', '30', '-subj', '/CN=Lab authority']);
}

/** A certificate of the lab's authority for one DNS name, as `NAME.crt` and `NAME.key` in an existing `folder`. */
export async function createCertificate(directory: string, folder: string, name: string): Promise<CertificateFiles> {
  const file = (extension: string) => path.join(folder, `${name}.${extension}`);
  await openssl(['req', ...newKey, '-keyout', file('key'), '-out', file('csr'), '-subj', `/CN=${name}`]);
  await writeFile(file('ext'), `subjectAltName=DNS:${name}\n`);
  const authority = ['-CA', authorityFile(directory), '-CAkey', path.join(directory, 'ca.key')];
  const extensions = ['-extfile', file('ext'), '-days', '30'];
  await openssl(['x509', '-req', '-in', file('csr'), ...authority, ...extensions, '-out', file('crt')]);
  return { cert: file('crt'), key: file('key') };
}

async function openssl(args: readonly string[]): Promise<void> {
  await run({ file: 'openssl', args });
}
