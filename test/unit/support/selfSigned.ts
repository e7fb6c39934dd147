import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** PEM texts. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateOptions {
  readonly commonName: string;
  readonly organization?: string;
  /** DNS names and IPv4 addresses. */
  readonly names?: readonly string[];
  /** Hours from now between which it is valid. */
  readonly hours?: readonly [from: number, to: number];
  readonly isAuthority?: true;
  /** Who signs it; itself where nobody is given. */
  readonly issuer?: Pick<CertificateOptions, 'commonName' | 'organization'> & { readonly key: string };
}

/** A certificate for `localhost` and 127.0.0.1 that no authority has signed, valid for a day round now. */
export function selfSigned(): Certificate {
  return certificate({ commonName: 'localhost', names: ['localhost', '127.0.0.1'] });
}

/** Source: RFC 5280 section 4.1. */
export function certificate(options: CertificateOptions): Certificate {
  const { names = [], hours: [from, to] = [-12, 12], isAuthority, issuer } = options;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const extensions = [
    ...(names.length === 0 ? [] : [sequence(oid(subjectAltName), der(0x04, sequence(...names.map(generalName))))]),
    ...(isAuthority ? [sequence(oid(basicConstraints), yes, der(0x04, sequence(yes)))] : []),
  ];
  const signed = sequence(
    der(0xa0, integer(2)),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    sequence(oid(ecdsaWithSha256)),
    distinguishedName(issuer ?? options),
    sequence(time(from), time(to)),
    distinguishedName(options),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length === 0 ? [] : [der(0xa3, sequence(...extensions))]),
  );
  const signature = sign('sha256', signed, issuer?.key ?? privateKey);
  const whole = sequence(signed, sequence(oid(ecdsaWithSha256)), der(0x03, Buffer.from([0]), signature));
  return { cert: pem(whole), key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** Object identifiers in their DER form. */
const commonNameField = [0x55, 0x04, 0x03];
const organizationField = [0x55, 0x04, 0x0a];
const subjectAltName = [0x55, 0x1d, 0x11];
const basicConstraints = [0x55, 0x1d, 0x13];
const ecdsaWithSha256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];

const yes = der(0x01, Buffer.from([0xff]));

function distinguishedName({ commonName, organization }: Pick<CertificateOptions, 'commonName' | 'organization'>) {
  const field = (id: readonly number[], text: string) => set(sequence(oid(id), der(0x0c, Buffer.from(text))));
  return sequence(
    ...(organization === undefined ? [] : [field(organizationField, organization)]),
    field(commonNameField, commonName),
  );
}

function generalName(name: string): Uint8Array {
  return isIPv4(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name));
}

function der(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat(content);
  const long = body.length < 0x80 ? [] : body.length < 0x100 ? [0x81] : [0x82, body.length >> 8];
  return Buffer.concat([Buffer.from([tag, ...long, body.length & 0xff]), body]);
}

function sequence(...content: readonly Uint8Array[]): Uint8Array {
  return der(0x30, ...content);
}

function set(content: Uint8Array): Uint8Array {
  return der(0x31, content);
}

function oid(bytes: readonly number[]): Uint8Array {
  return der(0x06, Buffer.from(bytes));
}

function integer(value: number): Uint8Array {
  return der(0x02, Buffer.from([value]));
}

function time(hours: number): Uint8Array {
  const text = new Date(Date.now() + hours * 3_600_000).toISOString().replace(/[-:T]|\.\d+/g, '');
  return der(0x17, Buffer.from(text.slice(2)));
}

function pem(certificate: Uint8Array): string {
  const lines = Buffer.from(certificate).toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
