import type { Operations } from './generated/operations.ts';
import type { BoxHost, BoxRequest } from './request.ts';

/**
 * One of Box's operations, `METHOD /path` as Box's reference writes it. Where Box documents one call several
 * times, `#…` names the variant: `PUT /files/{file_id}#add_shared_link` is `PUT /files/{file_id}` with the
 * body and the answer that matter for a shared link.
 * @see https://developer.box.com/reference/
 */
export type OperationKey = keyof Operations;

/** What is asked of a call beside Box's own parameters. */
export type CallSettings = Pick<BoxRequest, 'signal' | 'onProgress' | 'repeat'>;

/** The headers that an operation takes. */
export type CallHeaders<K extends OperationKey> = Operations[K] extends {
  readonly headers?: infer H;
}
  ? NonNullable<H>
  : Record<never, never>;

/**
 * What an operation takes: `path`, `query`, `headers` and `body`, as far as it has them, and
 * {@link CallSettings}.
 * @typeParam H the headers that are given; see {@link CallAnswer}
 */
export type CallInput<
  K extends OperationKey,
  H extends CallHeaders<K> = CallHeaders<K>,
> = CallSettings &
  Omit<Operations[K], 'answers' | 'headers'> &
  (Operations[K] extends { readonly headers: unknown }
    ? { readonly headers: OnlyKnown<H, CallHeaders<K>> }
    : Operations[K] extends { readonly headers?: unknown }
      ? { readonly headers?: OnlyKnown<H, CallHeaders<K>> | undefined }
      : unknown);

/** {@link CallInput}, which may be left out where nothing in it is required. */
export type CallArguments<K extends OperationKey, H extends CallHeaders<K>> =
  Record<never, never> extends CallInput<K, H>
    ? [input?: CallInput<K, H>]
    : [input: CallInput<K, H>];

/**
 * What an operation is answered with: one of Box's successes, told apart by `status`. "Not modified" is among
 * them only if `if-none-match` is given.
 */
export type CallAnswer<K extends OperationKey, H> = {
  [S in AnsweredStatus<K, H>]: {
    /** As Box documents it. */
    readonly status: S;
    /** Names in lower case. */
    readonly headers: Readonly<Record<string, string>>;
    /** Box's JSON, unchanged; bytes as they arrive, to be read to their end or cancelled; or nothing. */
    readonly data: Operations[K]['answers'][S & keyof Operations[K]['answers']];
  };
}[AnsweredStatus<K, H>];

/** How a call differs from the usual: JSON both ways, at the API's host, in the version of 2024. */
export interface OperationRoute {
  readonly host?: BoxHost;
  /** Sent as `box-version`. */
  readonly version?: string;
  readonly body?: 'patch' | 'form' | 'multipart' | 'bytes';
  readonly answer?: 'stream';
  readonly anonymous?: true;
  readonly waitOn202?: true;
}

type AnsweredStatus<K extends OperationKey, H> = H extends { readonly 'if-none-match': unknown }
  ? keyof Operations[K]['answers']
  : Exclude<keyof Operations[K]['answers'], 304>;

/** A type parameter takes in what is not known; this gives it back. */
type OnlyKnown<H, Known> = H & { readonly [N in Exclude<keyof H, keyof Known>]: never };
