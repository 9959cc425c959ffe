// An agent that shares no code with ours: @grpc/grpc-js speaks the agents' protocol from the proto files alone.
// node agent.mjs '{"protos": FOLDER, "address": "HOST:PORT", "identity": IDENTITY-FILE or null, "ca": PEM, "claim": AGENT-ID}'
// Prints one JSON line for each thing that happens and ends with the stream.
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const task = JSON.parse(process.argv[2]);
const identity = task.identity ? JSON.parse(readFileSync(task.identity, 'utf8')) : null;
const definition = loader.loadSync('haisoft/agent/v1/link.proto', { includeDirs: [task.protos], longs: Number, oneofs: true });
const { AgentLinkService } = grpc.loadPackageDefinition(definition).haisoft.agent.v1;

const pem = text => Buffer.from(text);
const credentials = grpc.credentials.createSsl(
  pem(task.ca),
  identity && pem(identity.keyPem),
  identity && pem(identity.certificatePem),
);
const client = new AgentLinkService(task.address, credentials);
const stream = client.Connect({ deadline: Date.now() + 20_000 });
const say = event => console.log(JSON.stringify(event));

const seconds = milliseconds => ({ seconds: Math.floor(milliseconds / 1000), nanos: (milliseconds % 1000) * 1_000_000 });
const bootId = randomUUID();
const spoolEpoch = randomBytes(16).toString('hex');

stream.on('data', response => {
  say({ [response.message]: response[response.message] });
  if (response.message === 'welcome') {
    stream.write({
      reports: {
        spoolEpoch,
        reports: [{
          sequence: 1,
          reportId: randomBytes(16),
          observedTime: seconds(Date.now()),
          observedUptime: { seconds: 60 },
          bootId,
          measurements: { newSeries: [{ number: 1, metric: 'load.1m', kind: 'SERIES_KIND_GAUGE' }], series: [1], values: [0.25] },
        }],
      },
    });
  } else if (response.message === 'ack') {
    stream.end();
  }
});
stream.on('error', error => say({ error: { code: error.code, details: error.details } }));
stream.on('status', status => {
  say({ status: { code: status.code, details: status.details } });
  client.close();
});

stream.write({
  hello: {
    agentId: task.claim,
    agentVersion: 'grpc-js',
    bootId,
    spoolEpoch,
    firstHeldSequence: 1,
    lastWrittenSequence: 1,
    sentTime: seconds(Date.now()),
    sentUptime: { seconds: 60 },
  },
});
