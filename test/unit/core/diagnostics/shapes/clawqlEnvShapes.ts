import { everywhere, type Shape } from './shape.ts';

const path = '/w/.env';
const beside = { besideCompose: true } as const;

/** The `.env` files of ClawQL's server and of its clients. */
export const clawqlEnvShapes: readonly Shape[] = [
  {
    title: 'the example of ClawQL, cut down',
    path: '/w/.env.example',
    in: everywhere,
    place: { tracking: 'tracked' },
    text: `# Copy to .env and fill in. Never commit the result.

# --- What to load -------------------------------------------------
# CLAWQL_PROVIDER=all-providers
CLAWQL_PROVIDER=github
# CLAWQL_SPEC_PATH=./openapi.yaml
# CLAWQL_SPEC_URL=https://petstore3.swagger.io/api/v3/openapi.json

# --- Authentication (optional) -------------------------------------
CLAWQL_GITHUB_TOKEN=ghp_your_token_here
CLAWQL_PROVIDER_AUTH_JSON={"github":"ghp_…","cloudflare":"…","slack":"xoxb-…"}
CLAWQL_BEARER_TOKEN=

# --- Self-hosted services -------------------------------------------
PAPERLESS_BASE_URL=http://paperless:8000
PAPERLESS_API_TOKEN=changeme
TIKA_BASE_URL=http://tika:9998
GOTENBERG_BASE_URL=http://gotenberg:3000
STIRLING_BASE_URL=http://stirling-pdf:8080

# --- Clients ---------------------------------------------------------
CLAWQL_MCP_URL=https://clawql-host.your-tailnet.ts.net/mcp
`,
  },
  {
    title: 'the whole compose stack',
    path,
    in: everywhere,
    place: beside,
    text: `COMPOSE_PROJECT_NAME=clawql
CLAWQL_PROVIDER=all-providers
CLAWQL_BUNDLED_OFFLINE=1
PORT=8080
MCP_HOST=0.0.0.0
PAPERLESS_BASE_URL=http://paperless:8000
TIKA_BASE_URL=http://tika:9998
GOTENBERG_BASE_URL=http://gotenberg:3000
STIRLING_BASE_URL=http://stirling-pdf:8080
ONYX_BASE_URL=http://onyx:8080/api
POSTGRES_PASSWORD=change-me
`,
  },
  {
    title: 'with the names of the Helm chart, in a file for Kubernetes',
    path: '/w/k8s.env',
    in: everywhere,
    text: 'CLAWQL_PROVIDER=paperless\nPAPERLESS_BASE_URL=http://clawql-mcp-http-paperless:8000\nTIKA_BASE_URL=http://tika.clawql.svc.cluster.local:9998\n',
  },
  {
    title: 'services beside the server, on the host itself',
    path,
    in: ['host'],
    text: `CLAWQL_PROVIDER=paperless
PAPERLESS_BASE_URL=http://127.0.0.1:8000
TIKA_BASE_URL=http://localhost:9998
GOTENBERG_BASE_URL=http://[::1]:3000
CLAWQL_MCP_URL=http://localhost:8080/mcp
`,
  },
  {
    title: 'services on this machine, where it is not known that ClawQL runs elsewhere',
    path,
    in: ['alone', 'container'],
    text: 'CLAWQL_PROVIDER=paperless\nPAPERLESS_BASE_URL=http://localhost:8000\nTIKA_BASE_URL=http://127.0.0.1:9998\n',
  },
  {
    title: 'a service on this machine, while ClawQL runs elsewhere',
    path,
    text: 'CLAWQL_PROVIDER=paperless\nPAPERLESS_BASE_URL=http://localhost:8000\n',
    finds: [['localhost-url', 'http://localhost:8000']],
  },
  {
    title: 'services elsewhere in the tailnet',
    path,
    in: ['laptop', 'host', 'restricted', 'alone', 'container'],
    text: `CLAWQL_BUNDLED_PROVIDERS=paperless,tika
PAPERLESS_BASE_URL=http://docs.tail1a2b3.ts.net:8000
TIKA_BASE_URL="http://docs.tail1a2b3.ts.net:9998"
`,
  },
  {
    title: "the client's one variable",
    path,
    in: ['laptop', 'host', 'restricted', 'alone', 'container'],
    text: 'CLAWQL_MCP_URL=http://clawql-1.tail1a2b3.ts.net:8080/mcp\n',
  },
  {
    title: 'its host and a token',
    path,
    in: everywhere,
    text: 'CLAWQL_MCP_HOST=clawql-1.tail1a2b3.ts.net:8080\nCLAWQL_MCP_TOKEN=8f14e45fceea167a5a36\n',
  },
  {
    title: 'a web application that calls ClawQL',
    path: '/w/.env.local',
    in: ['laptop', 'host', 'restricted', 'alone', 'container'],
    text: `NEXT_PUBLIC_SITE_URL=http://localhost:3000
API_BASE_URL=https://api.company.dev
DATABASE_URL=postgresql://app:app@localhost:5432/app
GRAPHQL_URL=http://localhost:4000/graphql
CLAWQL_MCP_URL=http://clawql-1.tail1a2b3.ts.net:8080/mcp
`,
  },
  {
    title: 'quotes, export, a colon, spaces and comments',
    path,
    in: everywhere,
    place: beside,
    text: `  # indented comment
export CLAWQL_PROVIDER="github"   # one of many
CLAWQL_LOG_LEVEL: info
MCP_PATH = '/mcp'
CLAWQL_GITHUB_TOKEN=\`ghp_abcdefghijklmnopqrstuvwxyz0123456789\`
TIKA_BASE_URL='http://tika:9998' # in the compose file
GREETING="hello # world"
`,
  },
  {
    title: 'with a BOM and CRLF, as Windows writes it',
    path,
    in: everywhere,
    place: beside,
    text: '\uFEFFCLAWQL_PROVIDER=tika\r\n\r\nTIKA_BASE_URL=http://tika:9998\r\n',
  },
  {
    title: 'a private key over several lines',
    path,
    in: everywhere,
    text: `CLAWQL_PROVIDER=google
GOOGLE_PRIVATE_KEY="-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7
TIKA_BASE_URL=http://not.a.line
-----END PRIVATE KEY-----"
`,
  },
  {
    title: 'JSON in variables',
    path,
    in: everywhere,
    text: `CLAWQL_GRAPHQL_SOURCES='[{"name":"linear","endpoint":"https://api.linear.app/graphql","headers":{"Authorization":"lin_api_k3Jd82hsKq0Zp5vT"}}]'
CLAWQL_GRPC_SOURCES=[{"name":"svc","endpoint":"127.0.0.1:50051","protoPath":"./proto/helloworld.proto","insecure":true}]
CLAWQL_HTTP_HEADERS={"X-Trace-Id":"abc"}
CLAWQL_PROVIDER_AUTH_JSON={"github":"ghp_Ab3dEf6hIj9lMn2pQr5tUv8x","slack":"xoxb-1234-5678-aB3dE6gH"}
`,
  },
  {
    title: 'JSON over several lines in quotes',
    path,
    in: everywhere,
    text: `CLAWQL_GRAPHQL_SOURCES='[
  { "name": "linear", "endpoint": "https://api.linear.app/graphql" }
]'
`,
  },
  {
    title: 'JSON with a comma too many',
    path,
    text: 'CLAWQL_HTTP_HEADERS={"X-Trace-Id":"abc",}\n',
    finds: [['env-json', '}']],
  },
  {
    title: 'JSON with placeholders of a template',
    path: '/w/.env.template',
    in: everywhere,
    place: { tracking: 'tracked' },
    text: 'CLAWQL_PROVIDER_AUTH_JSON={"github":"<your token>"}\nCLAWQL_GRAPHQL_HEADERS={"Authorization":"Bearer ${TOKEN}"}\nCLAWQL_API_BASE_URL=https://<host>/api\n',
  },
  {
    title: 'filled in by a deployment',
    path: '/w/prod.env',
    in: everywhere,
    place: { tracking: 'tracked' },
    text: 'CLAWQL_MCP_URL=${CLAWQL_MCP_URL}\nTIKA_BASE_URL=http://${TIKA_HOST}:9998\nCLAWQL_GITHUB_TOKEN={{ github_token }}\nPAPERLESS_BASE_URL=__PAPERLESS__\n',
  },
  {
    title: 'a public API on purpose',
    path,
    in: everywhere,
    text: 'CLAWQL_SPEC_URL=https://petstore3.swagger.io/api/v3/openapi.json\nCLAWQL_DISCOVERY_URL=https://run.googleapis.com/$discovery/rest?version=v2\nCLAWQL_GRAPHQL_URL=https://api.linear.app/graphql\n',
  },
  {
    title: 'embeddings of OpenAI and a collector beside the server',
    path,
    in: everywhere,
    text: 'CLAWQL_ENABLE_MEMORY=1\nCLAWQL_EMBEDDING_BASE_URL=https://api.openai.com/v1\nOPENAI_API_KEY=sk-proj-aB3dE6gH9jK2mN5pQ8sT\nOTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318\n',
  },
  {
    title: "Paperless' own settings beside ClawQL's",
    path,
    in: everywhere,
    place: beside,
    text: `CLAWQL_PROVIDER=paperless
PAPERLESS_BASE_URL=http://paperless:8000
PAPERLESS_URL=https://docs.example.org
PAPERLESS_REDIS=redis://broker:6379
PAPERLESS_TIKA_ENABLED=1
PAPERLESS_TIKA_ENDPOINT=http://tika:9998
PAPERLESS_TIKA_GOTENBERG_ENDPOINT=http://gotenberg:3000
PAPERLESS_SECRET_KEY=change-me
PAPERLESS_DBPASS=paperless
`,
  },
  {
    title: 'of a newer ClawQL',
    path,
    in: everywhere,
    text: 'CLAWQL_AUTH_MODE=apiKey\nCLAWQL_API_KEY=8f14e45fceea167a5a36\nDOCLING_BASE_URL=http://localhost:5001\nOLLAMA_BASE_URL=http://mini-pc.clawql.local:11434\nCLAWQL_FUTURE_THING=1\n',
  },
  {
    title: 'tracked, with nothing secret in it',
    path,
    in: everywhere,
    place: { ...beside, tracking: 'tracked' },
    text: 'CLAWQL_PROVIDER=github\nCLAWQL_GITHUB_TOKEN=\nTIKA_BASE_URL=http://tika:9998\nCLAWQL_OBSIDIAN_VAULT_PATH=/vault\n',
  },
  {
    title: 'tracked, with a live token',
    path,
    place: { tracking: 'tracked' },
    text: 'CLAWQL_PROVIDER=github\nCLAWQL_GITHUB_TOKEN=ghp_Ab3dEf6hIj9lMn2pQr5tUv8xYz1A\n',
    finds: [['env-secret-tracked', 'ghp_Ab3dEf6hIj9lMn2pQr5tUv8xYz1A']],
  },
  {
    title: 'a container calls a service by its address',
    path,
    place: beside,
    text: 'CLAWQL_PROVIDER=tika\nTIKA_BASE_URL=http://100.64.0.7:9998\n',
    finds: [['tailnet-address', 'http://100.64.0.7:9998']],
  },
  {
    title: 'a service of a compose network, read on this machine',
    path,
    text: 'CLAWQL_PROVIDER=tika\nTIKA_BASE_URL=http://tika:9998\n',
    finds: [['cluster-name', 'http://tika:9998']],
  },
  {
    title: 'Paperless on the public internet',
    path,
    text: 'CLAWQL_PROVIDER=paperless\nPAPERLESS_BASE_URL=https://paperless.company.dev\n',
    finds: [['public-url', 'https://paperless.company.dev']],
  },
  {
    title: 'a host without its scheme',
    path,
    text: 'CLAWQL_PROVIDER=paperless\nPAPERLESS_BASE_URL=docs.tail1a2b3.ts.net:8000\n',
    finds: [['missing-scheme', 'docs.tail1a2b3.ts.net:8000']],
  },
  {
    title: 'the old name beside the new one',
    path,
    text: 'CLAWQL_PROVIDER=tika\nTIKA_URL=http://docs.tail1a2b3.ts.net:9998\n',
    finds: [['env-unread-variable', 'TIKA_URL']],
  },
  {
    title: 'one base URL for a whole bundle',
    path,
    text: 'CLAWQL_BUNDLED_PROVIDERS=github,slack\nCLAWQL_API_BASE_URL=http://docs.tail1a2b3.ts.net:8000\n',
    finds: [['env-global-base-url', 'CLAWQL_API_BASE_URL']],
  },
  {
    title: 'one base URL for one description',
    path,
    in: ['laptop', 'host', 'restricted'],
    text: 'CLAWQL_SPEC_PATH=./openapi.yaml\nCLAWQL_API_BASE_URL=http://docs.tail1a2b3.ts.net:8000\n',
  },
  {
    title: 'assigned twice',
    path,
    text: 'CLAWQL_PROVIDER=github\n# …\nCLAWQL_PROVIDER=slack\n',
    finds: [['env-duplicate', 'CLAWQL_PROVIDER']],
  },
  {
    title: 'a # in a value without quotes',
    path,
    text: 'CLAWQL_OUROBOROS_DB_PASSWORD=abc#def\n',
    finds: [['env-comment-truncation', '#def']],
  },
  {
    title: 'closed for all but this machine',
    path,
    text: 'CLAWQL_PROVIDER=github\nMCP_HOST=127.0.0.1\n',
    finds: [['env-mcp-host', '127.0.0.1']],
  },

  {
    title: 'tracked, with references to a vault and encrypted values',
    path,
    in: everywhere,
    place: { ...beside, tracking: 'tracked' },
    text: `DOTENV_PUBLIC_KEY="03f2a1b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7081"
CLAWQL_GITHUB_TOKEN="encrypted:BDqDBibm4wsYqMpCjTQ6BsDHmMadg9K3dAt+Z9HPMfLEIRVz50hmLXPXRuDBXaJi/LwWYEVUNiq0HISrslzQPaoyS8="
SLACK_BOT_TOKEN=op://Private/Slack/token1
LINEAR_API_KEY=$(pass show linear/key2)
SENTRY_AUTH_TOKEN=ENC[AES256_GCM,data:p673w==,iv:YY=,aad:UQ=,tag:A=]
N8N_API_KEY=/run/secrets/n8n_api_key_1
GRPC_TLS_KEY_PATH=./certs/server1.key
CLAWQL_CLOUDFLARE_ACCOUNT_ID=8f14e45fceea167a5a36dedd4bea2543
DATABASE_URL=postgres://postgres:postgres@db:5432/app
`,
  },
  {
    title: 'services in the local network',
    path,
    in: everywhere,
    text: 'CLAWQL_PROVIDER=paperless\nPAPERLESS_BASE_URL=http://192.168.1.30:8000\nTIKA_BASE_URL=http://nas.lan:9998\nGOTENBERG_BASE_URL=http://printer.local:3000\n',
  },
  {
    title: 'the machine round the container',
    path,
    in: everywhere,
    place: beside,
    text: 'CLAWQL_PROVIDER=paperless\nPAPERLESS_BASE_URL=http://host.docker.internal:8000\n',
  },
  {
    title: 'values that are kept for later',
    path,
    in: everywhere,
    place: beside,
    text: 'CLAWQL_PROVIDER=tika\nTIKA_BASE_URL=http://tika:9998\nTIKA_BASE_URL_OLD=http://100.64.0.7:9998\nCLAWQL_MCP_URL_2=http://localhost:8080/mcp\nOLD_CLAWQL_MCP_URL=http://localhost/mcp\n',
  },
  {
    title: 'a password that holds a #, in quotes',
    path,
    in: everywhere,
    text: 'CLAWQL_OUROBOROS_DB_PASSWORD=\'abc#def\'\nCLAWQL_SPEC_URL="https://petstore3.swagger.io/#/pet"\n',
  },
  {
    title: 'several descriptions',
    path,
    in: everywhere,
    text: 'CLAWQL_SPEC_PATHS=./crm/openapi.yaml, specs/paperless/openapi.yaml;discovery.json\n',
  },
];
