import type { FastifyInstance } from 'fastify';
import { accessOf } from '../access/access.ts';
import { checkUrl } from '../actions/change-item.ts';
import { copyItem } from '../actions/copy.ts';
import { createWebLink } from '../actions/new-items.ts';
import { recordEvent } from '../actions/record-event.ts';
import type { Box } from '../box.ts';
import { bodyOf, descriptionOf, parentIdOf, requireMembers } from '../http/request-body.ts';
import { checkName } from '../names.ts';
import { addItemRoutes, answerWith, parameterOf } from './item-routes.ts';

/** https://developer.box.com/reference/resources/web-link/ */
export function webLinkRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;
  addItemRoutes(app, box, 'web_link');

  app.post('/web_links', (request, reply) => {
    const access = accessOf(box, request);
    access.require('upload');
    const body = bodyOf(request);
    requireMembers(body, 'url', 'parent');
    const url = checkUrl(body.url);
    const parentId = parentIdOf(body);
    const name = checkName(body.name ?? nameFrom(url));
    const description = descriptionOf(body);
    const link = store.transaction(() => {
      const folder = access.destination(parentId);
      const made = createWebLink(access, { folder, name, url, description });
      recordEvent(access, 'create', made);
      return made;
    });
    reply.code(201);
    return answerWith(access, link, request);
  });

  app.post('/web_links/:webLinkId/copy', (request, reply) => {
    const access = accessOf(box, request);
    access.require('change');
    const body = bodyOf(request);
    const copy = store.transaction(() => {
      const source = access.active('web_link', parameterOf(request, 'webLinkId'), 'share');
      const name = checkName(body.name ?? source.name);
      return copyItem(access, source, access.destination(parentIdOf(body)), name);
    });
    reply.code(201);
    return answerWith(access, copy, request);
  });
}

/** Box names a web link after its address; what a name may not hold is left out. */
function nameFrom(url: string): string {
  const { host, pathname } = new URL(url);
  const path = pathname.replaceAll('/', ' ').trim();
  return `${host} ${path}`.trim().slice(0, 255).trimEnd();
}
