/** Steps on upload sessions: opened, sent in parts of any order, committed or given up. */
import { createHash } from 'node:crypto';
import { type Act, largeContent, type Play, type Session } from './play.ts';
import { faultsOfName } from './reference.ts';
import { addFile } from './steps-contents.ts';

const openSession: Act = async (play, { who: pick, one, name }) => {
  if (play.sessions.length >= 2) return;
  const folder = play.place(one);
  const who = folder && pick < 6 ? folder.owner : pick % 4;
  const content = largeContent();
  const folderId = folder?.id ?? '0';
  const body = { folder_id: folderId, file_name: name, file_size: content.bytes.length };
  const answer = await play.call(who, 'POST', '/files/upload_sessions', body);
  const refusals = [
    ...faultsOfName(name),
    ...play.refusalsOfPlace(who, folder),
    ...play.taken(folder, folder?.owner ?? who, name),
  ];
  if (!play.agrees(answer, refusals, 201)) return;
  const { id, part_size: partSize } = answer.json;
  play.sessions.push({ id, who, folder: folderId, name, content, partSize, parts: new Map() });
};

/** Sends parts that are missing, in an order that the step picks; one of them broken now and then. */
const sendParts: Act = async (play, { one, two }) => {
  const session = play.sessions[one % play.sessions.length];
  if (!session) return;
  const count = Math.ceil(session.content.bytes.length / session.partSize);
  for (let turn = 0; turn < count; turn++) {
    const index = (turn * 2 + two) % count;
    await sendPart(play, session, index * session.partSize, (two + turn) % 5 === 0);
  }
};

async function sendPart(play: Play, session: Session, offset: number, isBroken: boolean) {
  const bytes = session.content.bytes.subarray(offset, offset + session.partSize);
  const total = session.content.bytes.length;
  const digest = createHash('sha1')
    .update(isBroken ? 'other' : bytes)
    .digest('base64');
  const answer = await play.world.call(
    play.person(session.who),
    'PUT',
    `/files/upload_sessions/${session.id}`,
    {
      body: bytes,
      headers: {
        'content-type': 'application/octet-stream',
        'content-range': `bytes ${offset}-${offset + bytes.length - 1}/${total}`,
        digest: `sha=${digest}`,
      },
    },
  );
  const refusals = [
    ...(session.parts.has(offset) ? ['409 range_overlaps_existing_part'] : []),
    ...(isBroken ? ['412 precondition_failed'] : []),
  ];
  if (play.agrees(answer, refusals, 200)) session.parts.set(offset, answer.json.part);
}

const commit: Act = async (play, { one, two }) => {
  const session = play.sessions[one % play.sessions.length];
  if (!session) return;
  const { who, content, folder: folderId, name } = session;
  const path = `/files/upload_sessions/${session.id}`;
  if (two % 7 === 0) {
    play.agrees(await play.call(who, 'DELETE', path), [], 204);
    play.sessions.splice(play.sessions.indexOf(session), 1);
    return;
  }
  const isWrong = two % 5 === 0;
  const digest = isWrong
    ? createHash('sha1').digest('base64')
    : Buffer.from(content.sha1, 'hex').toString('base64');
  const parts = [...session.parts.values()];
  const answer = await play.call(
    who,
    'POST',
    `${path}/commit`,
    { parts },
    { digest: `sha=${digest}` },
  );
  const isWhole = parts.reduce((sum, part) => sum + part.size, 0) === content.bytes.length;
  const folder = play.tree.item(folderId);
  const owner = folder?.owner ?? who;
  const refusals = [
    ...(isWhole ? [] : ['400 parts_mismatch']),
    ...(isWrong ? ['400 bad_digest'] : []),
    ...(folderId !== '0' && !folder ? ['404 not_found'] : play.refusalsOfPlace(who, folder)),
    ...play.taken(folder, owner, name),
  ];
  if (!play.agrees(answer, refusals, 201)) return;
  play.sessions.splice(play.sessions.indexOf(session), 1);
  addFile(play, answer.json, { name, parent: folderId, owner }, content);
};

export const sessionSteps: Readonly<Record<string, Act>> = { openSession, sendParts, commit };
