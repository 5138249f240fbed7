import { Pinecone } from 'pinecone-9';
import { refused, test } from './support.ts';

test('a wrong key opens nothing', async ({ server, pinecone, index, name }) => {
  await index.upsert({ records: [{ id: 'a', values: [1, 2, 3] }] });
  const apiKey = `pcsk_2xYz8Ab_${'a'.repeat(40)}`;
  const stranger = new Pinecone({ apiKey, controllerHostUrl: server.apiUrl });
  await refused(stranger.listIndexes(), 'PineconeAuthorizationError');
  const { host } = await pinecone.describeIndex(name);
  const shut = stranger.index({ name, host });
  await refused(shut.query({ vector: [1, 2, 3], topK: 1 }), 'PineconeAuthorizationError');
  await refused(shut.upsert({ records: [{ id: 'b', values: [1, 2, 3] }] }), 'PineconeAuthorizationError');
});

test('what is not built says so', async ({ server, index }) => {
  const impatient = new Pinecone({ apiKey: server.apiKey, controllerHostUrl: server.apiUrl, maxRetries: 0 });
  const embedding = impatient.inference.embed({ model: 'some-model', inputs: ['a'], parameters: { inputType: 'query' } });
  await refused(embedding, 'PineconeMaxRetriesExceededError');
  await refused(index.upsertRecords({ records: [{ id: 'a', text: 'b' }] }), 'PineconeMaxRetriesExceededError');
});
