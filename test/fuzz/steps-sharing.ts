/** Steps between people: collaborations, owners, shared links. */
import { type Act, DENIED, type Play, type Step } from './play.ts';
import type { Grant, Item } from './reference.ts';

const FILE_ROLES = ['editor', 'viewer'];
const FOLDER_ROLES = [
  'editor',
  'viewer',
  'previewer',
  'uploader',
  'co-owner',
  'viewer uploader',
  'previewer uploader',
];

const rolesFor = (item: Item) => (item.type === 'file' ? FILE_ROLES : FOLDER_ROLES);
const pickRole = (item: Item, pick: number) =>
  rolesFor(item)[pick % rolesFor(item).length] ?? 'viewer';
const isOfCompany = (who: number) => who !== 3;

const invite: Act = async (play, step) => {
  const item = play.pick(step.one, 'folder', 'file');
  if (!item) return;
  const who = play.actor(step, item);
  const whom = (item.owner + (step.two % 13 === 0 ? 0 : 1 + (step.two % 3))) % 4;
  const role = pickRole(item, step.two >> 2);
  const answer = await play.call(who, 'POST', '/collaborations', {
    item: { type: item.type, id: item.id },
    accessible_by: { type: 'user', id: play.person(whom).id },
    role,
  });
  const has = [...play.tree.grants.values()].some(
    (one) => one.item === item.id && one.who === whom,
  );
  const refusals = [
    ...play.refusals(who, item, ...rightsToGive(role)),
    ...(has || whom === item.owner ? ['400 user_already_collaborator'] : []),
  ];
  if (!play.agrees(answer, refusals, 201)) return;
  const isAccepted = isOfCompany(item.owner) && isOfCompany(whom);
  const { id } = answer.json;
  play.tree.grants.set(id, { id, item: item.id, who: whom, role, isAccepted });
};

function rightsToGive(role: string) {
  return role === 'co-owner' ? (['invite', 'settings'] as const) : (['invite'] as const);
}

function pickGrant(play: Play, { one }: Step): { grant: Grant; item: Item } | undefined {
  const grants = [...play.tree.grants.values()];
  const grant = grants[one % grants.length];
  const item = grant && play.tree.item(grant.item);
  return grant && item && { grant, item };
}

const accept: Act = async (play, { one }) => {
  const pending = [...play.tree.grants.values()].filter((grant) => !grant.isAccepted);
  const grant = pending[one % pending.length];
  if (!grant) return;
  const answer = await play.call(grant.who, 'PUT', `/collaborations/${grant.id}`, {
    status: 'accepted',
  });
  if (play.agrees(answer, [], 200)) grant.isAccepted = true;
};

const changeRole: Act = async (play, step) => {
  const picked = pickGrant(play, step);
  if (!picked) return;
  const { grant, item } = picked;
  const who = play.actor(step, item);
  const role = pickRole(item, step.two);
  const answer = await play.call(who, 'PUT', `/collaborations/${grant.id}`, { role });
  const isVisible = grant.who === who || play.tree.may(who, item, 'see');
  const rights = [...rightsToGive(role), ...rightsToGive(grant.role)];
  const isDenied = !rights.every((right) => play.tree.may(who, item, right));
  const refusals = isVisible ? (isDenied ? [DENIED] : []) : ['404 not_found'];
  if (play.agrees(answer, refusals, 200)) grant.role = role;
};

const uninvite: Act = async (play, step) => {
  const picked = pickGrant(play, step);
  if (!picked) return;
  const { grant, item } = picked;
  const who = step.two % 3 === 0 ? grant.who : play.actor(step, item);
  const answer = await play.call(who, 'DELETE', `/collaborations/${grant.id}`);
  const isVisible = grant.who === who || play.tree.may(who, item, 'see');
  const isAllowed =
    grant.who === who || rightsToGive(grant.role).every((right) => play.tree.may(who, item, right));
  const refusals = isVisible ? (isAllowed ? [] : [DENIED]) : ['404 not_found'];
  if (play.agrees(answer, refusals, 204)) play.tree.grants.delete(grant.id);
};

const handOver: Act = async (play, step) => {
  const picked = pickGrant(play, step);
  if (!picked) return;
  const { grant, item } = picked;
  const who = play.actor(step, item);
  const answer = await play.call(who, 'PUT', `/collaborations/${grant.id}`, { role: 'owner' });
  const isVisible = grant.who === who || play.tree.may(who, item, 'see');
  const isAllowed = item.owner === who && grant.isAccepted;
  const refusals = isVisible
    ? [
        ...(play.tree.isGone(item) ? ['404 trashed'] : []),
        ...(isAllowed ? [] : [DENIED]),
        ...play.taken(undefined, grant.who, item.name, item.id),
      ]
    : ['404 not_found'];
  if (!play.agrees(answer, refusals, 204)) return;
  play.tree.give(item, grant.who);
  Object.assign(item, { parent: '0', etag: item.etag + 1 });
  play.tree.grants.delete(grant.id);
  await noteFormerOwner(play, item, who);
};

/** Who gave it away is a co-owner by a new collaboration. */
async function noteFormerOwner(play: Play, item: Item, former: number): Promise<void> {
  const list = await play.call(
    item.owner,
    'GET',
    `/${item.type}s/${item.id}/collaborations?limit=1000`,
  );
  const entry = list.json.entries?.find(
    (one: { id: string; accessible_by: { id: string } | null }) =>
      one.accessible_by?.id === play.person(former).id && !play.tree.grants.has(one.id),
  );
  if (!entry) throw new Error(`${play.person(former).name} is no co-owner of ${item.id}`);
  const { id } = entry;
  play.tree.grants.set(id, { id, item: item.id, who: former, role: 'co-owner', isAccepted: true });
}

const share: Act = async (play, step) => {
  const item = play.pick(step.one, 'folder', 'file', 'web_link');
  if (!item) return;
  const who = play.actor(step, item);
  const isRemoved = step.two % 3 === 0;
  const access = !isOfCompany(who)
    ? 'open'
    : (['open', 'company', 'collaborators'][step.two % 3] ?? 'open');
  const body = { shared_link: isRemoved ? null : { access } };
  const answer = await play.call(
    who,
    'PUT',
    `/${item.type}s/${item.id}?fields=etag,shared_link`,
    body,
  );
  if (!play.agrees(answer, play.refusalsToChange(who, item, ['share']), 200)) return;
  const had = item.link !== undefined;
  item.etag += 1;
  item.link = isRemoved ? undefined : { url: answer.json.shared_link.url, access };
  if (had === isRemoved)
    play.tree.tell(isRemoved ? 'ITEM_SHARED_UNSHARE' : 'ITEM_SHARED_CREATE', item);
};

const openLink: Act = async (play, step) => {
  const shared = [...play.tree.items.values()].filter((item) => item.link);
  const item = shared[step.one % shared.length];
  if (!item?.link) return;
  const who = step.who % 4;
  const headers = { boxapi: `shared_link=${item.link.url}` };
  const answer = await play.call(who, 'GET', '/shared_items', undefined, headers);
  const { access } = item.link;
  const isAdmitted =
    access === 'open' ||
    play.tree.may(who, item, 'see') ||
    (access === 'company' && isOfCompany(who) && isOfCompany(item.owner));
  const refusals = isAdmitted && !play.tree.isGone(item) ? [] : ['404 not_found'];
  play.agrees(answer, refusals, 200);
};

export const sharingSteps: Readonly<Record<string, Act>> = {
  invite,
  accept,
  changeRole,
  uninvite,
  handOver,
  share,
  openLink,
};
