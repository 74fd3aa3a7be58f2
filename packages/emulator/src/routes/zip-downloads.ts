import type { FastifyInstance } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { type ZipContents, zipContentsOf } from '../contents/zip-contents.ts';
import { zipStream } from '../contents/zip-stream.ts';
import { attachmentNamed } from '../http/content-headers.ts';
import { asBody, bodyOf, invalid, requireMembers } from '../http/request-body.ts';
import type { ItemRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { ZipDownload, ZipEntry } from '../store/zip-downloads.ts';
import { formatUtc } from '../times.ts';
import { parameterOf } from './item-routes.ts';

/** How long the URL of a zip waits to be used. Box says "a few seconds". */
const urlLifeSeconds = 60;
/** How long it can be asked what became of a zip. */
const statusLifeSeconds = 12 * 3600;
/** A zip that has not been seen running for so long died with its process. */
const aliveSeconds = 60;
const most = { ofUser: 5, ofEnterprise: 10 };

/** https://developer.box.com/guides/downloads/folder/ */
export function zipDownloadRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;

  app.post('/zip_downloads', (request, reply) => {
    const access = accessOf(box, request);
    access.require('download');
    const body = bodyOf(request);
    requireMembers(body, 'items');
    const zip = store.transaction(() => {
      const contents = zipContentsOf(access, itemsOf(access, body.items));
      const zip = { ...newZip(access, body.download_file_name), ...countsOf(contents) };
      store.zipDownloads.forgetBefore(zip.created_at - statusLifeSeconds);
      store.zipDownloads.add(zip, contents.entries);
      return { ...zip, conflicts: contents.conflicts };
    });
    const { api, download } = box.urlsFor(request);
    return reply.code(202).send({
      download_url: `${download}/2.0/zip_downloads/${zip.id}/content`,
      status_url: `${api}/zip_downloads/${zip.id}/status`,
      expires_at: formatUtc(zip.created_at + urlLifeSeconds),
      name_conflicts: zip.conflicts,
    });
  });

  app.get('/zip_downloads/:zip/status', (request) => {
    const zip = store.zipDownloads.get(parameterOf(request, 'zip'));
    const isOver = zip && zip.created_at + statusLifeSeconds <= store.nowSeconds();
    if (!zip || isOver || zip.started_at === null) throw new BoxError('not_found');
    if (zip.user_id !== Number(request.caller.userId)) throw new BoxError('forbidden');
    return {
      total_file_count: zip.total_files,
      downloaded_file_count: zip.downloaded_files,
      skipped_file_count: zip.skipped_files,
      skipped_folder_count: zip.skipped_folders,
      state: zip.state,
    };
  });
}

/** The zip itself: its URL is all that it takes, and works once. */
export function zipContentRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;
  app.get('/2.0/zip_downloads/:zip/content', (request, reply) => {
    const { zip, entries } = store.transaction(() => take(store, parameterOf(request, 'zip')));
    reply.header('content-type', 'application/zip');
    reply.header('content-disposition', attachmentNamed(`${zip.name}.zip`));
    return reply.send(zipStream(store, zip, entries));
  });
}

function take(store: Store, id: string): { zip: ZipDownload; entries: ZipEntry[] } {
  const now = store.nowSeconds();
  const zip = store.zipDownloads.get(id);
  if (!zip || zip.started_at !== null || zip.created_at + urlLifeSeconds <= now) {
    throw new BoxError('not_found');
  }
  const running = store.zipDownloads.countRunning(zip, now - aliveSeconds);
  if (running.ofUser >= most.ofUser) throw new BoxError('user_too_many_concurrent_downloads');
  if (running.ofEnterprise >= most.ofEnterprise) {
    throw new BoxError('enterprise_too_many_concurrent_downloads');
  }
  return { zip, entries: store.zipDownloads.take(id, now) ?? [] };
}

function itemsOf(access: Access, asked: unknown): ItemRow[] {
  if (!Array.isArray(asked) || asked.length === 0) {
    throw invalid('items', asked, 'must be a list of files and folders');
  }
  const items = asked.map((one: unknown) => {
    const { type, id } = asBody(one) ?? {};
    if (type !== 'file' && type !== 'folder') {
      throw invalid('items', asked, 'must have files and folders only');
    }
    return access.active(type, id);
  });
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

function newZip(access: Access, name: unknown) {
  if (name !== undefined && typeof name !== 'string') {
    throw invalid('download_file_name', name, 'must be a text');
  }
  return {
    id: access.store.chance.bytes(32).toString('base64url'),
    user_id: access.userId,
    enterprise_id: access.view.user(access.userId)?.enterprise_id ?? null,
    name: name?.replace(/\.zip$/i, '') || 'Box Download',
    created_at: access.store.nowSeconds(),
    started_at: null,
    active_at: null,
    state: 'in_progress',
  } as const;
}

function countsOf({ entries, skippedFiles, skippedFolders }: ZipContents) {
  const files = entries.filter(({ sha1 }) => sha1 !== null).length;
  return {
    total_files: files + skippedFiles,
    downloaded_files: 0,
    skipped_files: skippedFiles,
    skipped_folders: skippedFolders,
  };
}
