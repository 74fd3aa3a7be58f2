/** What Box's token, revoke and authorize endpoints refuse with: 400 and `{error, error_description}`. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly error: string;

  /** @param description Box's own words, which clients look into */
  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }

  toBody(): { error: string; error_description: string } {
    return { error: this.error, error_description: this.message };
  }
}

/** The usual refusal of what was offered in exchange for a token. */
export function invalidGrant(description: string): OAuthError {
  return new OAuthError('invalid_grant', description);
}
