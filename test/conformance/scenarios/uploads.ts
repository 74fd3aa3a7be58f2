import { createHash } from 'node:crypto';
import { type Ask, type Kept, on, onlyRefused, type Scenario } from '../scenario.ts';
import { aFile, aFolder } from './beginnings.ts';

/** As small as a session may be. */
const contents = new Uint8Array(20_000_000).fill(7);
const wanted = { file_name: 'big.bin', file_size: contents.length };
const session = 'upload_session_id';

export const uploads: readonly Scenario[] = [
  aFolder,
  aFile,
  on(
    'OPTIONS /files/content',
    { json: { name: 'new.txt', parent: { id: '0' }, size: 9 } },
    { invalid: { json: { name: 'a.txt', parent: { id: '0' }, size: 9 } } },
  ),
  on(
    'POST /files/{file_id}/upload_sessions',
    { json: { file_size: contents.length } },
    { keep: { abandoned_id: 'id' } },
  ),
  on(
    'POST /files/upload_sessions',
    { json: { ...wanted, folder_id: '{folder_id}' } },
    { keep: { [session]: 'id', part_size: 'part_size' } },
  ),
  on('GET /files/upload_sessions/{upload_session_id}'),
  on('PUT /files/upload_sessions/{upload_session_id}', part(0), {
    keep: partKept(0),
    invalid: { bytes: new Uint8Array(5), headers: { digest: 'sha=none' } },
  }),
  on('PUT /files/upload_sessions/{upload_session_id}', part(1), { keep: partKept(1) }),
  on('PUT /files/upload_sessions/{upload_session_id}', part(2), { keep: partKept(2) }),
  on('GET /files/upload_sessions/{upload_session_id}/parts'),
  onlyRefused('POST /files/upload_sessions/{upload_session_id}/commit', {
    headers: { digest: digestOf(contents) },
    json: { parts: [] },
  }),
  on('POST /files/upload_sessions/{upload_session_id}/commit', (kept) => ({
    headers: { digest: digestOf(contents) },
    json: { parts: [0, 1, 2].map((index) => partIn(kept, index)) },
  })),
  on('DELETE /files/upload_sessions/{upload_session_id}', {
    path: { [session]: '{abandoned_id}' },
  }),
];

function part(index: number): (kept: Kept) => Ask {
  return ({ part_size }) => {
    const start = index * Number(part_size);
    const bytes = contents.slice(start, start + Number(part_size));
    const end = start + bytes.length - 1;
    return {
      bytes,
      headers: {
        'content-type': 'application/octet-stream',
        'content-range': `bytes ${start}-${end}/${contents.length}`,
        digest: digestOf(bytes),
      },
    };
  };
}

function partKept(index: number): Record<string, string> {
  return { [`part_${index}`]: 'part.part_id', [`size_${index}`]: 'part.size' };
}

function partIn(kept: Kept, index: number) {
  const offset = index * Number(kept.part_size);
  return { part_id: kept[`part_${index}`], offset, size: Number(kept[`size_${index}`]) };
}

function digestOf(bytes: Uint8Array): string {
  return `sha=${createHash('sha1').update(bytes).digest('base64')}`;
}
