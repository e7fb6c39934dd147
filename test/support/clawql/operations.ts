/** How `execute` ends for an operation: as ClawQL's does when the API behind it answers, fails, or has an unusable URL. */
type Ending = 'answers' | 'fails' | 'has no valid URL';

export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly description: string;
  readonly resource: string;
  readonly parameters: readonly Parameter[];
  readonly ending: Ending;
}

interface Parameter {
  readonly name: string;
  readonly location: 'path' | 'query';
  readonly required: boolean;
  readonly type: string;
  readonly description: string;
}

const id: Parameter = { name: 'id', location: 'path', required: true, type: 'integer', description: 'Document id' };
const query: Parameter = {
  name: 'query',
  location: 'query',
  required: false,
  type: 'string',
  description: 'Full text',
};

export const operations: readonly Operation[] = [
  {
    id: 'documents_list',
    method: 'GET',
    path: '/api/documents/',
    description: 'List documents',
    resource: 'documents',
    parameters: [query],
    ending: 'answers',
  },
  {
    id: 'documents_retrieve',
    method: 'GET',
    path: '/api/documents/{id}/',
    description: 'Get one document',
    resource: 'documents',
    parameters: [id],
    ending: 'answers',
  },
  {
    id: 'documents_destroy',
    method: 'DELETE',
    path: '/api/documents/{id}/',
    description: 'Delete a document',
    resource: 'documents',
    parameters: [id],
    ending: 'fails',
  },
  {
    id: 'tags_list',
    method: 'GET',
    path: '/api/tags/',
    description: 'List tags',
    resource: 'tags',
    parameters: [],
    ending: 'has no valid URL',
  },
];

/** The operations that share a word with the query, most words first. */
export function searchOperations(text: string, limit: number): { operation: Operation; score: number }[] {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  return operations
    .map((operation) => {
      const haystack = `${operation.id} ${operation.description} ${operation.path}`.toLowerCase();
      return { operation, score: words.filter((word) => haystack.includes(word)).length };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit);
}
