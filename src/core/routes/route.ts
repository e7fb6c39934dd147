import type { Credential } from '../clawql/credentials.ts';
import type { Zone } from '../tailnet/zone.ts';
import type { Encryption } from './encryption.ts';

/** A place in a file. */
export interface FilePlace {
  readonly uri: string;
  /** As people call the file, such as `app/.env`. */
  readonly path: string;
  /** UTF-16 code units from the beginning. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
}

/** What decides where an API is called, by ClawQL's own order. */
export type Decision =
  | { readonly kind: 'variable'; readonly name: string; readonly place: FilePlace }
  /** The same in the environment of a process: here that of this editor. */
  | { readonly kind: 'environment'; readonly name: string }
  /** A server of the API's own description. `field` is what people look for in it. */
  | { readonly kind: 'spec'; readonly field: string; readonly place: FilePlace }
  /** The description that ClawQL brings along. */
  | { readonly kind: 'bundled' }
  /** The description, which cannot be read from here. `place` is of what names it. */
  | { readonly kind: 'description'; readonly named: Decision };

/** Why there is no URL, or none that is known. */
export type NoTarget =
  | 'no-server'
  | 'relative-server'
  | 'templated-server'
  | 'unreadable'
  | 'missing-file'
  | 'outside-workspace'
  | 'remote-description'
  | 'unknown-provider'
  | 'placeholder'
  | 'unreplaced-variable'
  | 'no-scheme'
  | 'no-url';

export interface UrlRouteTarget {
  readonly kind: 'url';
  readonly shown: string;
  /** As `hostOf` writes it. */
  readonly host: string;
  /** Absent where the scheme is not known. */
  readonly port?: number;
  readonly tls: Encryption['tls'];
  readonly zone: Zone;
  /** The host is a vendor's public API by ClawQL's own documentation: a zone that is not known is that. */
  readonly isVendor: boolean;
}

/** Where requests go. Texts are as they may be shown: without user, password, query and fragment. */
export type RouteTarget =
  | UrlRouteTarget
  /** Several hosts of one vendor. */
  | { readonly kind: 'vendor'; readonly shown: string; readonly count: number }
  /** `shown` is what stands in place of a URL; empty where nothing does, or it is not to be shown. */
  | { readonly kind: 'none'; readonly reason: NoTarget; readonly shown: string };

/** Whether something answers there. */
export type Answer =
  | { readonly kind: 'open'; readonly address: string }
  | { readonly kind: 'closed'; readonly address: string; readonly how: 'refused' | 'silent' | 'unreachable' }
  | { readonly kind: 'not-asked'; readonly why: NotAsked };

export type NotAsked =
  'not-trusted' | 'no-target' | 'public' | 'not-in-tailnet' | 'host-loopback' | 'offline' | 'too-many' | 'not-yet';

/** Where `execute` sends one API's requests, or another part of the server its own. */
export interface Route {
  /** As ClawQL calls the API; what else the server calls has the name of the service. */
  readonly name: string;
  readonly protocol: 'rest' | 'graphql' | 'grpc' | 'other';
  readonly target: RouteTarget;
  readonly decidedBy: Decision;
  /** What would decide, if that were not set; the next in order first. */
  readonly shadowed: readonly Decision[];
  /** From the MCP host to the target. */
  readonly encryption: Encryption;
  readonly credentials: readonly Credential[];
  readonly answer: Answer;
  /** The variable for every API decides, and this is one of several that it redirects. */
  readonly isRedirected: boolean;
}
