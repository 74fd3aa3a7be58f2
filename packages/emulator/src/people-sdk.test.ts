/** Box's own SDK for Node, unmodified, on everything about people. */
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { sdk, sdkWithToken } from './testing/sdk.ts';

async function sdkOfPeople(t: TestContext) {
  const { client, emulator } = await sdk(t);
  const as = (userId: string) => sdkWithToken(emulator, emulator.issueToken({ userId }));
  return { client, emulator, as };
}

test('users: made, listed, changed, their avatar and aliases, deleted', async (t) => {
  const { client, as } = await sdkOfPeople(t);
  const bo = await client.users.createUser({ name: 'Bo', login: 'bo@example.test' });
  const app = await client.users.createUser({ name: 'App', isPlatformAccessOnly: true });
  const all = await client.users.getUsers({ usemarker: false, filterTerm: 'bo@' });
  assert.deepEqual(
    all.entries?.map((user) => user.id),
    [bo.id],
  );
  const changed = await client.users.updateUserById(bo.id, {
    requestBody: { jobTitle: 'Cook', role: 'coadmin' },
    queryParams: { fields: ['role', 'job_title'] },
  });
  assert.deepEqual([changed.role, changed.jobTitle], ['coadmin', 'Cook']);
  assert.equal((await as(app.id).users.getUserMe()).id, app.id);

  const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000010000000100806000000', 'hex');
  const pictures = await client.avatars.createUserAvatar(bo.id, {
    pic: Readable.from([png]),
    picFileName: 'bo.png',
    picContentType: 'image/png',
  });
  assert.ok(pictures.picUrls?.small);
  const avatar = await client.avatars.getUserAvatar(bo.id);
  assert.ok(avatar);
  assert.deepEqual(await buffer(avatar), png);
  await client.avatars.deleteUserAvatar(bo.id);

  const alias = await client.emailAliases.createUserEmailAlias(bo.id, { email: 'b@example.test' });
  const aliases = await client.emailAliases.getUserEmailAliases(bo.id);
  assert.equal(aliases.totalCount, 1);
  await client.emailAliases.deleteUserEmailAliasById(bo.id, alias.id ?? '');
  const moved = await client.transfer.transferOwnedFolder(bo.id, { ownedBy: { id: app.id } });
  assert.equal(moved.name, "Bo's Files and Folders");
  await client.sessionTermination.terminateUsersSessions({ userIds: [bo.id], userLogins: [] });
  await client.users.deleteUserById(bo.id, { queryParams: { force: true } });
});

test('collaborations: given to a user, a group and an address; answered, changed, ended', async (t) => {
  const { client, as } = await sdkOfPeople(t);
  const folder = await client.folders.createFolder({ name: 'shared', parent: { id: '0' } });
  const bo = await client.users.createUser({ name: 'Bo', login: 'bo@example.test' });
  const give = (accessibleBy: { type: 'user' | 'group'; id?: string; login?: string }) =>
    client.userCollaborations.createCollaboration({
      item: { type: 'folder', id: folder.id },
      accessibleBy,
      role: 'viewer uploader',
    });
  const direct = await give({ type: 'user', login: 'bo@example.test' });
  assert.equal(direct.status, 'accepted');
  const waiting = await give({ type: 'user', login: 'someone@elsewhere.test' });
  assert.deepEqual([waiting.status, waiting.inviteEmail], ['pending', 'someone@elsewhere.test']);
  const group = await client.groups.createGroup({ name: 'All', description: 'of us' });
  const member = await client.memberships.createGroupMembership({
    user: { id: bo.id },
    group: { id: group.id },
    role: 'admin',
  });
  const throughGroup = await give({ type: 'group', id: group.id });

  const list = await client.listCollaborations.getFolderCollaborations(folder.id);
  assert.deepEqual(
    list.entries?.map((one) => one.id),
    [direct.id, waiting.id, throughGroup.id],
  );
  const ofGroup = await client.listCollaborations.getGroupCollaborations(group.id);
  assert.equal(ofGroup.totalCount, 1);
  const pending = await as(bo.id).listCollaborations.getCollaborations({ status: 'pending' });
  assert.equal(pending.totalCount, 0);

  const seen = await as(bo.id).folders.getFolderItems('0');
  assert.deepEqual(
    seen.entries?.map((item) => item.id),
    [folder.id],
  );
  const inside = await as(bo.id).folders.createFolder({
    name: 'inside',
    parent: { id: folder.id },
  });
  assert.equal(inside.pathCollection?.totalCount, 2);
  const changed = await client.userCollaborations.updateCollaborationById(direct.id, {
    requestBody: { role: 'editor' },
  });
  assert.equal(changed?.role, 'editor');
  await client.userCollaborations.deleteCollaborationById(direct.id);
  const found = await client.userCollaborations.getCollaborationById(throughGroup.id);
  assert.equal(found.accessibleBy?.id, group.id);

  const memberships = await client.memberships.getUserMemberships(bo.id);
  assert.equal(memberships.entries?.[0]?.id, member.id);
  const demoted = await client.memberships.updateGroupMembershipById(member.id ?? '', {
    requestBody: { role: 'member' },
  });
  assert.equal(demoted.role, 'member');
  await client.memberships.deleteGroupMembershipById(member.id ?? '');
  const groups = await client.groups.getGroups({ filterTerm: 'al' });
  assert.equal(groups.totalCount, 1);
  await client.groups.updateGroupById(group.id, { requestBody: { name: 'Everyone' } });
  await client.groups.deleteGroupById(group.id);
});

test('an enterprise: allowlist, terms of service, storage policies, devices', async (t) => {
  const { client, emulator } = await sdkOfPeople(t);
  const entry = await client.collaborationAllowlistEntries.createCollaborationWhitelistEntry({
    domain: 'example.com',
    direction: 'inbound',
  });
  const entries = await client.collaborationAllowlistEntries.getCollaborationWhitelistEntries();
  assert.equal(entries.entries?.[0]?.id, entry.id);
  const { adminUserId } = emulator;
  const target =
    await client.collaborationAllowlistExemptTargets.createCollaborationWhitelistExemptTarget({
      user: { id: adminUserId },
    });
  assert.equal(target.user?.id, adminUserId);
  const terms = await client.termsOfServices.createTermsOfService({
    status: 'disabled',
    text: 'Be kind',
    tosType: 'external',
  });
  assert.equal((await client.termsOfServices.getTermsOfServiceById(terms.id)).text, 'Be kind');
  const status = await client.termsOfServiceUserStatuses.createTermsOfServiceStatusForUser({
    tos: { type: 'terms_of_service', id: terms.id },
    user: { type: 'user', id: adminUserId },
    isAccepted: true,
  });
  assert.equal(status.isAccepted, true);
  const policies = await client.storagePolicies.getStoragePolicies();
  const policy = policies.entries?.[1];
  assert.ok(policy);
  const assignment = await client.storagePolicyAssignments.createStoragePolicyAssignment({
    storagePolicy: { type: 'storage_policy', id: policy.id },
    assignedTo: { type: 'user', id: adminUserId },
  });
  await client.storagePolicyAssignments.deleteStoragePolicyAssignmentById(assignment.id);
  const pins = await client.devicePinners.getEnterpriseDevicePinners(emulator.enterpriseId);
  assert.deepEqual(pins.entries, []);
  await assert.rejects(client.devicePinners.getDevicePinnerById('1'), /404/);
  await assert.rejects(client.devicePinners.deleteDevicePinnerById('1'), /404/);
});
