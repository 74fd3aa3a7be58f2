/** Box's own SDK for Node, unmodified, works with metadata and searches. */
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import type { BoxClient } from 'box-node-sdk';
import {
  AddClassificationRequestBody,
  CreateClassificationTemplateRequestBodyFieldsField,
} from 'box-node-sdk/managers/classifications';
import { UpdateClassificationOnFileRequestBody } from 'box-node-sdk/managers/fileClassifications';
import { sdk } from '../testing/sdk.ts';

async function sdkOnMetadata(t: TestContext) {
  const { client, emulator } = await sdk(t);
  const upload = async (name: string, contents: string, parentId = '0') => {
    const { entries } = await client.uploads.uploadFile({
      attributes: { name, parent: { id: parentId } },
      file: Readable.from([Buffer.from(contents)]),
    });
    const file = entries?.[0];
    assert.ok(file);
    return file.id;
  };
  return { client, emulator, upload, scope: `enterprise_${emulator.enterpriseId}` };
}

async function caseTemplate(client: BoxClient) {
  return client.metadataTemplates.createMetadataTemplate({
    scope: 'enterprise',
    displayName: 'Case',
    templateKey: 'case',
    fields: [
      { type: 'string', key: 'name', displayName: 'Name' },
      { type: 'float', key: 'age', displayName: 'Age' },
      { type: 'date', key: 'birthDate', displayName: 'Birth' },
      { type: 'enum', key: 'country', displayName: 'Country', options: [{ key: 'PL' }] },
      { type: 'multiSelect', key: 'sports', displayName: 'Sports', options: [{ key: 'ski' }] },
    ],
  });
}

const values = {
  name: 'John',
  age: 23,
  birthDate: '2001-01-03T02:20:50.520Z',
  country: 'PL',
  sports: ['ski'],
};

test('templates are made, changed, listed and deleted', async (t) => {
  const { client } = await sdkOnMetadata(t);
  const template = await caseTemplate(client);
  assert.equal(template.templateKey, 'case');
  const changed = await client.metadataTemplates.updateMetadataTemplate('enterprise', 'case', [
    {
      op: 'addField',
      fieldKey: 'extra',
      data: { type: 'string', displayName: 'Extra', key: 'extra' },
    },
  ]);
  assert.equal(changed.fields?.length, 6);
  assert.equal(
    (await client.metadataTemplates.getMetadataTemplateById(template.id)).id,
    template.id,
  );
  const enterprise = await client.metadataTemplates.getEnterpriseMetadataTemplates();
  assert.equal(enterprise.entries?.length, 1);
  const global = await client.metadataTemplates.getGlobalMetadataTemplates();
  assert.ok(global.entries && global.entries.length > 1);
  await client.metadataTemplates.deleteMetadataTemplate('enterprise', 'case');
  await assert.rejects(client.metadataTemplates.deleteMetadataTemplate('enterprise', 'case'));
});

test('instances of files and folders are made, changed, listed and deleted', async (t) => {
  const { client, upload } = await sdkOnMetadata(t);
  await caseTemplate(client);
  const id = await upload('a.txt', 'a');
  const made = await client.fileMetadata.createFileMetadataById(id, 'enterprise', 'case', values);
  assert.equal(made.parent, `file_${id}`);
  assert.equal(made.extraData?.birthDate, values.birthDate);
  const changed = await client.fileMetadata.updateFileMetadataById(id, 'enterprise', 'case', [
    { op: 'replace', path: '/name', value: 'Jane' },
    { op: 'remove', path: '/age' },
  ]);
  assert.equal(changed.version, 1);
  assert.equal(changed.extraData?.name, 'Jane');
  assert.equal((await client.fileMetadata.getFileMetadata(id)).entries?.length, 1);
  const full = await client.fileMetadata.getFileMetadataById(id, 'enterprise', 'case');
  const list = await client.metadataTemplates.getMetadataTemplatesByInstanceId({
    metadataInstanceId: full.id ?? '',
  });
  assert.equal(list.entries?.[0]?.templateKey, 'case');
  await client.fileMetadata.deleteFileMetadataById(id, 'enterprise', 'case');
  await assert.rejects(client.fileMetadata.getFileMetadataById(id, 'enterprise', 'case'));
  const folder = await client.folders.createFolder({ name: 'f', parent: { id: '0' } });
  await client.folderMetadata.createFolderMetadataById(folder.id, 'global', 'properties', {
    abc: 'xyz',
  });
  const properties = await client.folderMetadata.getFolderMetadataById(
    folder.id,
    'global',
    'properties',
  );
  assert.equal(properties.extraData?.abc, 'xyz');
});

test('classifications are defined and applied', async (t) => {
  const { client, upload } = await sdkOnMetadata(t);
  const option = (key: string) => ({
    key,
    staticConfig: { classification: { classificationDefinition: `${key}!`, colorId: 3 } },
  });
  await client.classifications.createClassificationTemplate({
    fields: [
      new CreateClassificationTemplateRequestBodyFieldsField({ options: [option('Secret')] }),
    ],
  });
  const added = await client.classifications.addClassification([
    new AddClassificationRequestBody({ data: option('Open') }),
  ]);
  assert.equal(added.fields[0]?.options.length, 2);
  const id = await upload('a.txt', 'a');
  const made = await client.fileClassifications.addClassificationToFile(id, {
    requestBody: { boxSecurityClassificationKey: 'Secret' },
  });
  assert.equal(made.boxSecurityClassificationKey, 'Secret');
  const changed = await client.fileClassifications.updateClassificationOnFile(id, [
    new UpdateClassificationOnFileRequestBody({ value: 'Open' }),
  ]);
  assert.equal(changed.boxSecurityClassificationKey, 'Open');
  const file = await client.files.getFileById(id, { queryParams: { fields: ['classification'] } });
  assert.equal(file.classification?.name, 'Open');
  await client.fileClassifications.deleteClassificationFromFile(id);
});

test('cascade policies are made, applied and deleted', async (t) => {
  const { client, upload, scope } = await sdkOnMetadata(t);
  await caseTemplate(client);
  const folder = await client.folders.createFolder({ name: 'f', parent: { id: '0' } });
  const file = await upload('a.txt', 'a', folder.id);
  const policy = await client.metadataCascadePolicies.createMetadataCascadePolicy({
    folderId: folder.id,
    scope: 'enterprise',
    templateKey: 'case',
  });
  assert.equal(policy.scope, scope);
  const apply = () =>
    client.metadataCascadePolicies.applyMetadataCascadePolicy(policy.id, {
      conflictResolution: 'overwrite',
    });
  await assert.rejects(apply());
  await client.folderMetadata.createFolderMetadataById(folder.id, 'enterprise', 'case', values);
  await apply();
  const given = await client.fileMetadata.getFileMetadataById(file, 'enterprise', 'case');
  assert.equal(given.extraData?.name, 'John');
  const list = await client.metadataCascadePolicies.getMetadataCascadePolicies({
    folderId: folder.id,
  });
  assert.equal(list.entries?.length, 1);
  await client.metadataCascadePolicies.deleteMetadataCascadePolicyById(policy.id);
});

test('searches go by words, by metadata filters and by queries', async (t) => {
  const { client, upload, scope } = await sdkOnMetadata(t);
  await caseTemplate(client);
  const id = await upload('zebra.txt', 'stripes');
  await client.fileMetadata.createFileMetadataById(id, 'enterprise', 'case', values);
  const byWord = await client.search.searchForContent({
    query: 'stripes',
    trashContent: 'non_trashed_only',
    ancestorFolderIds: ['0'],
  });
  assert.equal(byWord.totalCount, 1);
  const withLinks = await client.search.searchForContent({
    query: 'zebra',
    includeRecentSharedLinks: true,
  });
  assert.equal(withLinks.type, 'search_results_with_shared_links');
  const byFilter = await client.search.searchForContent({
    mdfilters: [
      {
        scope: 'enterprise',
        templateKey: 'case',
        filters: { name: 'John', age: { gt: 20, lt: 30 }, country: 'PL' },
      },
    ],
  });
  assert.equal(byFilter.totalCount, 1);
  const byQuery = await client.search.searchByMetadataQuery({
    from: `${scope}.case`,
    ancestorFolderId: '0',
    query: 'name = :name AND age < :age AND sports HASANY :sports',
    queryParams: { name: 'John', age: 50, sports: ['ski'] },
    fields: ['name', `metadata.${scope}.case.name`],
  });
  assert.equal(byQuery.entries?.[0]?.id, id);
  assert.equal(byQuery.entries?.[0]?.metadata?.extraData?.[scope]?.case?.extraData?.name, 'John');
});

test('taxonomies are made and looked through', async (t) => {
  const { client, scope } = await sdkOnMetadata(t);
  const { metadataTaxonomies } = client;
  await metadataTaxonomies.createMetadataTaxonomy({
    key: 'geo',
    displayName: 'Geo',
    namespace: scope,
  });
  await metadataTaxonomies.createMetadataTaxonomyLevel(scope, 'geo', [{ displayName: 'Country' }]);
  await metadataTaxonomies.addMetadataTaxonomyLevel(scope, 'geo', { displayName: 'City' });
  await metadataTaxonomies.deleteMetadataTaxonomyLevel(scope, 'geo');
  const node = await metadataTaxonomies.createMetadataTaxonomyNode(scope, 'geo', {
    displayName: 'France',
    level: 1,
  });
  const nodes = await metadataTaxonomies.getMetadataTaxonomyNodes(scope, 'geo');
  assert.equal(nodes.entries?.[0]?.id, node.id);
  assert.equal(
    (await metadataTaxonomies.getMetadataTaxonomyByKey(scope, 'geo')).displayName,
    'Geo',
  );
});

test('skills write their cards', async (t) => {
  const { client, upload } = await sdkOnMetadata(t);
  const id = await upload('a.txt', 'a');
  const card = {
    type: 'skill_card' as const,
    skillCardType: 'keyword' as const,
    skillCardTitle: { code: 'license-plates', message: 'Licenses' },
    skill: { id: 'skill', type: 'service' as const },
    invocation: { id: 'one', type: 'skill_invocation' as const },
    entries: [{ text: 'DN86 BOX' }],
  };
  const made = await client.skills.createBoxSkillCardsOnFile(id, { cards: [card as never] });
  assert.equal(made.cards?.length, 1);
  assert.equal((await client.skills.getBoxSkillCardsOnFile(id)).cards?.length, 1);
});
