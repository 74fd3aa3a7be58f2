import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authority } from './authority.ts';
import { askForConsent, takeDecision } from './authorize.ts';
import { refusalPage } from './consent-page.ts';
import { grantToken, requireClient, type TokenForm } from './grants.ts';
import { OAuthError } from './oauth-error.ts';

/**
 * Box's OAuth 2 endpoints, under `/oauth2` and the older `/api/oauth2`:
 * https://developer.box.com/reference/post-oauth2-token/ and its neighbours.
 */
export function authRoutes(app: FastifyInstance, authority: Authority): void {
  app.removeAllContentTypeParsers();
  // Whatever its type says: some clients forget it.
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
    done(null, new URLSearchParams(body.toString())),
  );

  app.post('/oauth2/token', { errorHandler: oauthErrors }, async (request) =>
    grantToken(authority, bodyFields(request), request.wantsExpiredToken),
  );

  app.post('/oauth2/revoke', { errorHandler: oauthErrors }, (request, reply) => {
    const form = bodyFields(request);
    requireClient(authority, form);
    const token = form('token');
    if (token === undefined) throw new OAuthError('invalid_request', 'The token is missing');
    authority.tokens.revoke(token);
    reply.code(200).send();
  });

  app.get('/oauth2/authorize', { errorHandler: refusalPages }, (request, reply) => {
    sendPage(reply, askForConsent(authority, queryFields(request)));
  });

  app.post('/oauth2/authorize', { errorHandler: refusalPages }, (request, reply) => {
    // The page sends all of it; a script may as well leave the address as it was and send the decision.
    const body = bodyFields(request);
    const query = queryFields(request);
    reply.redirect(
      takeDecision(authority, (field) => body(field) ?? query(field)),
      302,
    );
  });
}

function bodyFields(request: FastifyRequest): TokenForm {
  const body = request.body;
  return (field) => (body instanceof URLSearchParams ? (body.get(field) ?? undefined) : undefined);
}

function queryFields(request: FastifyRequest): TokenForm {
  const query = request.query as Record<string, unknown>;
  return (field) => {
    const value = query[field];
    return typeof value === 'string' ? value : undefined;
  };
}

function oauthErrors(error: Error, _request: FastifyRequest, reply: FastifyReply): void {
  if (!(error instanceof OAuthError)) throw error;
  reply.code(400).send(error.toBody());
}

function refusalPages(error: Error, _request: FastifyRequest, reply: FastifyReply): void {
  if (!(error instanceof OAuthError)) throw error;
  sendPage(reply.code(400), refusalPage(error.error, error.message));
}

function sendPage(reply: FastifyReply, html: string): void {
  reply
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    .type('text/html; charset=utf-8')
    .send(html);
}
